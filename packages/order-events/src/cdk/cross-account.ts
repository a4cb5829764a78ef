import { CfnEventBusPolicy, type IEventBus } from 'aws-cdk-lib/aws-events';
import type { Construct } from 'constructs';

/** Lets the account put the events of orders on the bus, and nothing else. */
export function admitAccount(scope: Construct, account: string, source: string, bus: IEventBus): void {
  new CfnEventBusPolicy(scope, 'FromAccount', {
    eventBusName: bus.eventBusName,
    statementId: `orders-from-${account}`,
    statement: {
      Sid: `orders-from-${account}`,
      Effect: 'Allow',
      Principal: { AWS: account },
      Action: 'events:PutEvents',
      Resource: bus.eventBusArn,
      Condition: { StringEquals: { 'events:source': source } },
    },
  });
}
