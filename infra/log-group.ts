import { RemovalPolicy } from 'aws-cdk-lib';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import { Keys } from './keys.ts';
import type { Stage } from './stages.ts';

/** A log group with a fixed name and the retention of the stage; AWS's own default is to keep logs for ever. */
export class StageLogGroup extends LogGroup {
  readonly name: string;

  constructor(scope: Construct, id: string, name: string, stage: Stage) {
    const encryptionKey = Keys.of(scope)?.logs;
    super(scope, id, {
      logGroupName: name,
      retention: stage.logRetention,
      removalPolicy: stage.protectData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
      ...(encryptionKey && { encryptionKey }),
    });
    this.name = name;
    if (!encryptionKey) {
      acknowledge(this, {
        'NIST.800.53.R5-CloudWatchLogGroupEncrypted':
          'Encrypted by CloudWatch, as the stage has no keys of its own.',
      });
    }
  }
}
