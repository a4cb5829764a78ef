import { Aws, Duration, RemovalPolicy } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { PARKED_PREFIX } from '../src/adapters/config.ts';
import type { Stage } from './stages.ts';

// A bucket of ours that was deleted could be made anew by somebody else.
const OUR_BUCKET_ONLY = { StringEquals: { 's3:ResourceAccount': Aws.ACCOUNT_ID } };

/** Holds the change records that became no event: parked by the function, or given up by the event source mapping. */
export class FailureBucket extends Bucket {
  constructor(scope: Construct, id: string, stage: Stage) {
    super(scope, id, {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      versioned: true,
      lifecycleRules: [
        {
          expiration: Duration.days(stage.failureDays),
          noncurrentVersionExpiration: Duration.days(30),
          abortIncompleteMultipartUploadAfter: Duration.days(1),
        },
      ],
      // Once the stream has trimmed a record, this is its only copy.
      removalPolicy: RemovalPolicy.RETAIN,
    });
  }

  /** For the function, and for Lambda, which writes what it gives up under `aws/lambda/` in the function's name. */
  writePermissions(): PolicyStatement[] {
    return [
      new PolicyStatement({
        actions: ['s3:PutObject'],
        resources: [this.arnForObjects(`${PARKED_PREFIX}*`), this.arnForObjects('aws/lambda/*')],
        conditions: OUR_BUCKET_ONLY,
      }),
      new PolicyStatement({
        actions: ['s3:ListBucket'],
        resources: [this.bucketArn],
        conditions: OUR_BUCKET_ONLY,
      }),
    ];
  }
}
