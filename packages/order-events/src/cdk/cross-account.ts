import { CfnEventBusPolicy, type IEventBus } from 'aws-cdk-lib/aws-events';
import type { Construct } from 'constructs';
import { createHash } from 'node:crypto';

/** What AWS takes, for a bus has no two alike. */
const LONGEST = 64;

const statementId = (account: string, subscription: string): string => {
  const id = `orders-from-${account}-${subscription}`;
  if (id.length <= LONGEST) return id;
  const hash = createHash('sha256').update(id).digest('hex').slice(0, 8);
  return `${id.slice(0, LONGEST - hash.length - 1)}-${hash}`;
};

/** Lets the account put the events of orders on the bus, and nothing else: by a statement of the subscription's own. */
export function admitAccount(
  scope: Construct,
  subscription: string,
  account: string,
  source: string,
  bus: IEventBus,
): void {
  const id = statementId(account, subscription);
  new CfnEventBusPolicy(scope, 'FromAccount', {
    eventBusName: bus.eventBusName,
    statementId: id,
    statement: {
      Sid: id,
      Effect: 'Allow',
      Principal: { AWS: account },
      Action: 'events:PutEvents',
      Resource: bus.eventBusArn,
      Condition: { StringEquals: { 'events:source': source } },
    },
  });
}
