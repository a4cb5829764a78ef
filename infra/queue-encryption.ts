import { type QueueProps, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { IConstruct } from 'constructs';
import { Keys } from './keys.ts';

/** By the stage's key, which lets EventBridge send; by SQS's own where the stage has none. */
export const queueEncryption = (
  scope: IConstruct,
): Pick<QueueProps, 'encryption' | 'encryptionMasterKey'> => {
  const key = Keys.of(scope)?.events;
  return key
    ? { encryption: QueueEncryption.KMS, encryptionMasterKey: key }
    : { encryption: QueueEncryption.SQS_MANAGED };
};
