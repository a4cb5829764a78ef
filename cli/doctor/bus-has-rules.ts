import type { Clients } from '../aws/clients.ts';
import { rulesOf } from '../aws/rules.ts';
import type { Examination } from './check.ts';

/** Whether somebody hears of events, and what each rule lacks. */
export async function busHasRules(bus: string, { events }: Clients): Promise<Examination> {
  const rules = (await rulesOf(events, bus)).filter(({ managed }) => !managed);
  if (rules.length === 0)
    return {
      state: 'wrong',
      finding: `no rule on ${bus}: nobody hears of events`,
      remedy: 'docs/subscribe.md',
    };
  const lacks = [
    {
      what: 'disabled',
      of: rules.filter(({ enabled }) => !enabled),
      remedy: `what is disabled hears of nothing: aws events enable-rule --event-bus-name ${bus} --name NAME`,
    },
    {
      what: 'without a target',
      of: rules.filter(({ targets }) => targets.length === 0),
      remedy: 'a rule without a target tells nobody',
    },
    {
      what: 'without a dead-letter queue',
      of: rules.filter(({ targets }) => targets.some(({ DeadLetterConfig }) => !DeadLetterConfig?.Arn)),
      remedy: 'what a target without a dead-letter queue does not take is lost to it after a day',
    },
  ].filter(({ of }) => of.length > 0);
  const named = (some: typeof rules) => some.map(({ name }) => name).join(', ');
  if (lacks.length === 0) return { state: 'ok', finding: `${rules.length} rules on ${bus}: ${named(rules)}` };
  return {
    state: 'look',
    finding: lacks.map(({ what, of }) => `${what}: ${named(of)}`).join('; '),
    remedy: lacks.map(({ remedy }) => remedy).join('; '),
  };
}
