import type { Stack } from '../parts.ts';
import type { AlarmBase, AlarmState } from './settings.ts';

export interface Transition {
  alarm: string;
  from: AlarmState;
  to: AlarmState;
  at: number;
  reason: string;
}

/** What a topic would get of a change of state. */
export interface Notice {
  topic: string;
  at: number;
  alarm: string;
  subject: string;
  /** JSON, with the fields of CloudWatch's own. */
  message: string;
}

export const noticeOf = (
  topic: string,
  { name, arn, description }: AlarmBase,
  { from, to, at, reason }: Transition,
  { accountId, region }: Stack,
): Notice => ({
  topic,
  at,
  alarm: name,
  subject: `${to}: "${name}" in ${region}`,
  message: JSON.stringify({
    AlarmName: name,
    AlarmDescription: description,
    AWSAccountId: accountId,
    NewStateValue: to,
    NewStateReason: reason,
    StateChangeTime: new Date(at).toISOString(),
    Region: region,
    AlarmArn: arn,
    OldStateValue: from,
  }),
});
