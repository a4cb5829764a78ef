import { Aws } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import { Keys } from './keys.ts';

/** Where alarms go: to the addresses given, and to whoever else subscribes. */
export class AlarmTopic extends Topic {
  constructor(scope: Construct, id: string, topicName: string, addresses: readonly string[]) {
    const masterKey = Keys.of(scope)?.events;
    super(scope, id, { topicName, enforceSSL: true, ...(masterKey && { masterKey }) });
    for (const address of addresses) this.addSubscription(new EmailSubscription(address));
    this.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [this.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
      }),
    );
    if (!masterKey) {
      acknowledge(this, {
        'NIST.800.53.R5-SNSEncryptedKMS':
          'The key that SNS has itself lets no alarm send, and the stage has none of its own.',
      });
    }
  }
}
