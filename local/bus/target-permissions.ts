import type { Access, Permissions, Principal } from '../parts.ts';
import type { Rule, Target } from './rules.ts';
import type { BusEvent } from './state.ts';
import type { DeliveryError } from './targets.ts';

const eventBridge = 'events.amazonaws.com';
/** Who hands the lines on for it. */
const logDelivery = 'delivery.logs.amazonaws.com';

/**
 * Why EventBridge may not give the target an event; undefined where it may. Nobody can give a rule that was put through
 * the API permissions here, so none are asked for.
 */
export function targetDenial(
  rule: Rule,
  target: Target,
  event: BusEvent,
  permissions: Permissions,
): DeliveryError | undefined {
  if (!rule.declared) return undefined;
  const asking = { service: eventBridge, sourceArn: rule.arn };
  const { roleArn } = target;
  const principal: Principal = roleArn === undefined ? asking : { role: roleArn, takenOnBy: asking };
  const accesses = accessesOf(rule, target, event);
  const message =
    permissions.denial(principal, ...accesses) ??
    (isLogGroup(target) ? permissions.denial({ ...asking, service: logDelivery }, ...accesses) : undefined);
  return message === undefined ? undefined : { code: 'NO_PERMISSIONS', message, retryable: false };
}

/** Why it may not send the rule's dead letters to the queue. */
export const queueDenial = (rule: Rule, queueArn: string, permissions: Permissions): string | undefined =>
  rule.declared
    ? permissions.denial(
        { service: eventBridge, sourceArn: rule.arn },
        { action: 'sqs:SendMessage', resource: queueArn },
      )
    : undefined;

const isLogGroup = ({ arn }: Target) => arn.split(':')[2] === 'logs';

function accessesOf({ name }: Rule, { arn }: Target, { json }: BusEvent): Access[] {
  switch (arn.split(':')[2]) {
    case 'sqs':
      return [{ action: 'sqs:SendMessage', resource: arn }];
    case 'lambda':
      return [{ action: 'lambda:InvokeFunction', resource: arn }];
    case 'logs': {
      const resource = `${arn.replace(/:\*$/, '')}:log-stream:${name}`;
      return ['logs:CreateLogStream', 'logs:PutLogEvents'].map((action) => ({ action, resource }));
    }
    case 'events': {
      const { source, 'detail-type': type } = JSON.parse(json) as { source: string; 'detail-type': string };
      const context = { 'events:source': source, 'events:detail-type': type };
      return [{ action: 'events:PutEvents', resource: arn, context }];
    }
    default:
      return [];
  }
}
