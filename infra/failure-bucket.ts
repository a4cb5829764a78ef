import { Aws, Duration, RemovalPolicy } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type BucketProps,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { PARKED_PREFIX } from '../src/adapters/names.ts';
import { acknowledge, type Wildcard } from './acknowledge.ts';
import { Keys } from './keys.ts';
import type { Stage } from './stages.ts';

// A bucket of ours that was deleted could be made anew by somebody else.
const OUR_BUCKET_ONLY = { StringEquals: { 's3:ResourceAccount': Aws.ACCOUNT_ID } };

const closed = (days: number): BucketProps => ({
  blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
  enforceSSL: true,
  objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
  versioned: true,
  lifecycleRules: [
    {
      expiration: Duration.days(days),
      noncurrentVersionExpiration: Duration.days(30),
      abortIncompleteMultipartUploadAfter: Duration.days(1),
    },
  ],
  removalPolicy: RemovalPolicy.RETAIN,
});

const OF_ONE_REGION = {
  'NIST.800.53.R5-S3BucketReplicationEnabled':
    'What is in it can be used only beside the table and the bus of its own region.',
};

/** Who read what from the failure bucket. */
class ReadersLog extends Bucket {
  constructor(scope: Construct, id: string, stage: Stage) {
    super(scope, id, { ...closed(stage.failureDays), encryption: BucketEncryption.S3_MANAGED });
    acknowledge(this, {
      ...OF_ONE_REGION,
      'NIST.800.53.R5-S3DefaultEncryptionKMS': 'S3 delivers access logs only to buckets with its own keys.',
    });
  }
}

/** Holds the change records that became no event: parked by the function, or given up by the event source mapping. */
export class FailureBucket extends Bucket {
  constructor(scope: Construct, id: string, stage: Stage) {
    const encryptionKey = Keys.of(scope)?.data;
    const serverAccessLogsBucket = stage.protectData
      ? new ReadersLog(scope, `${id}Readers`, stage)
      : undefined;
    super(scope, id, {
      // Once the stream has trimmed a record, this is its only copy.
      ...closed(stage.failureDays),
      ...(encryptionKey
        ? { encryption: BucketEncryption.KMS, encryptionKey, bucketKeyEnabled: true }
        : { encryption: BucketEncryption.S3_MANAGED }),
      ...(serverAccessLogsBucket && { serverAccessLogsBucket }),
    });
    const made = 'Orders of this stage are made up, so nobody keeps a list of who read them.';
    acknowledge(this, {
      ...OF_ONE_REGION,
      ...(!serverAccessLogsBucket && {
        'AwsSolutions-S1': made,
        'NIST.800.53.R5-S3BucketLoggingEnabled': made,
      }),
      ...(!encryptionKey && {
        'NIST.800.53.R5-S3DefaultEncryptionKMS': 'Encrypted by S3, as the stage has no keys of its own.',
      }),
    });
  }

  /** For the function, and for Lambda, which writes what it gives up under `aws/lambda/` in the function's name. */
  writePermissions(): PolicyStatement[] {
    return [
      new PolicyStatement({
        actions: ['s3:PutObject'],
        resources: this.prefixes(),
        conditions: OUR_BUCKET_ONLY,
      }),
      new PolicyStatement({
        actions: ['s3:ListBucket'],
        resources: [this.bucketArn],
        conditions: OUR_BUCKET_ONLY,
      }),
    ];
  }

  wildcards(): Wildcard[] {
    const reason = 'Objects under a prefix of this bucket, whose keys are the ids of what failed.';
    return this.prefixes().map((resource) => ({ resource, reason }));
  }

  private prefixes(): string[] {
    return [this.arnForObjects(`${PARKED_PREFIX}*`), this.arnForObjects('aws/lambda/*')];
  }
}
