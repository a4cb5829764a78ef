import { DescribeRuleCommand, type Target } from '@aws-sdk/client-eventbridge';
import { timeIn } from '../arguments.ts';
import { UsageError, type Context, type Given } from '../command.ts';
import { targetsOf } from '../aws/rules.ts';

export interface ReplayRequest {
  bus: string;
  rule: { name: string; arn: string; pattern: string; targets: Target[] };
  /** In milliseconds; `to` is no longer part of it. */
  from: number;
  to: number;
  /** Narrower than rule and times: EventBridge cannot replay by these. */
  order?: { customerId: string; orderId: string };
  types: string[];
  rate?: number;
}

export async function readRequest(given: Given, { clients, now }: Context): Promise<ReplayRequest> {
  const bus = given.required('bus');
  const name = given.required('rule');
  const from = timeIn(given, 'from', now());
  const to = timeIn(given, 'to', now());
  if (from >= to) throw new UsageError('--from must be before --to.');
  const order = orderIn(given.text('order'));
  const rate = given.positive('rate');
  const { Arn = '', EventPattern } = await clients.events.send(
    new DescribeRuleCommand({ Name: name, EventBusName: bus }),
  );
  if (EventPattern === undefined) throw new UsageError(`Rule ${name} has no event pattern.`);
  const targets = await targetsOf(clients.events, bus, name);
  return {
    bus,
    rule: { name, arn: Arn, pattern: EventPattern, targets },
    from,
    to,
    types: given.texts('type'),
    ...(order && { order }),
    ...(rate !== undefined && { rate }),
  };
}

function orderIn(given: string | undefined): ReplayRequest['order'] {
  if (given === undefined) return undefined;
  const [customerId, orderId, more] = given.split('/');
  // Order ids are unique per customer only.
  if (!customerId || !orderId || more !== undefined)
    throw new UsageError(`--order takes CUSTOMER/ORDER, not "${given}".`);
  return { customerId, orderId };
}

export const spanOf = ({ from, to }: ReplayRequest): string =>
  `from ${new Date(from).toISOString()} until ${new Date(to).toISOString()}`;
