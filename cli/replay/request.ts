import { DescribeRuleCommand, type Target } from '@aws-sdk/client-eventbridge';
import { timeIn } from '../arguments.ts';
import type { Span } from '../audit-log/past-events.ts';
import { selectionIn, type Selection } from '../audit-log/selection.ts';
import { Failed, UsageError, type Context, type Given } from '../command.ts';
import { targetsOf } from '../aws/rules.ts';

export interface ReplayRequest {
  bus: string;
  rule: { name: string; arn: string; pattern: string; targets: Target[] };
  span: Span;
  /** Narrower than rule and times: EventBridge cannot replay by these. */
  narrowed: Selection;
  rate?: number;
}

export async function readRequest(given: Given, { clients, now }: Context): Promise<ReplayRequest> {
  const bus = given.required('bus');
  const name = given.required('rule');
  const from = timeIn(given, 'from', now());
  const to = timeIn(given, 'to', now());
  if (from >= to) throw new UsageError('--from must be before --to.');
  const narrowed = selectionIn(given);
  const rate = given.positive('rate');
  const { Arn = '', EventPattern } = await clients.events.send(
    new DescribeRuleCommand({ Name: name, EventBusName: bus }),
  );
  if (EventPattern === undefined) throw new UsageError(`Rule ${name} has no event pattern.`);
  const targets = await targetsOf(clients.events, bus, name);
  if (targets.length === 0) throw new Failed(`Rule ${name} has no targets: nobody would get the events.`);
  return {
    bus,
    rule: { name, arn: Arn, pattern: EventPattern, targets },
    span: { from, to },
    narrowed,
    ...(rate !== undefined && { rate }),
  };
}

export const inWords = ({ from, to }: Span): string =>
  `from ${new Date(from).toISOString()} until ${new Date(to).toISOString()}`;
