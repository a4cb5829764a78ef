import type { IKey } from 'aws-cdk-lib/aws-kms';
import { QueueEncryption, type QueueProps } from 'aws-cdk-lib/aws-sqs';

/** Under the key where there is one, else under SQS's own, which EventBridge needs no permission for. */
export const queueEncryption = (key?: IKey): Pick<QueueProps, 'encryption' | 'encryptionMasterKey'> =>
  key
    ? { encryption: QueueEncryption.KMS, encryptionMasterKey: key }
    : { encryption: QueueEncryption.SQS_MANAGED };
