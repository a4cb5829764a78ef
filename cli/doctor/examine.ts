import { auditLogOf } from '../audit-log/log-group.ts';
import { explained } from '../aws/failures.ts';
import type { Clients } from '../aws/clients.ts';
import { rulesOf } from '../aws/rules.ts';
import { placesOf } from '../dead-letters/places.ts';
import { apiAnswers } from './api-answers.ts';
import { streamIsRead } from './stream-is-read.ts';

export interface Check {
  name: string;
  /** `look`: nothing fails, and somebody should know of it; `unknown`: it could not be asked. */
  state: 'ok' | 'look' | 'wrong' | 'unknown';
  finding: string;
  /** What to do about it. */
  remedy?: string;
}

export type Examination = Omit<Check, 'name'>;

/** Each part on the way of an event, the first first. One that cannot be asked leaves the others to be asked. */
export async function examined(bus: string, url: string | undefined, clients: Clients): Promise<Check[]> {
  const parts: [name: string, examine: () => Promise<Examination>][] = [
    ['api', () => apiAnswers(url)],
    ['stream', () => streamIsRead(clients)],
    ['bus', () => busHasRules(bus, clients)],
    ['audit log', () => auditLogIsKept(bus, clients)],
    ['dead letters', () => noneIsWaiting(bus, clients)],
  ];
  const checks: Check[] = [];
  for (const [name, examine] of parts) {
    const examination = await examine().catch((error: unknown): Examination => ({
      state: 'wrong',
      finding: explained(error),
    }));
    checks.push({ name, ...examination });
  }
  return checks;
}

async function busHasRules(bus: string, { events }: Clients): Promise<Examination> {
  const rules = await rulesOf(events, bus);
  const named = (names: string[]) => names.join(', ');
  const disabled = rules.filter(({ enabled }) => !enabled).map(({ name }) => name);
  const idle = rules.filter(({ targets }) => targets.length === 0).map(({ name }) => name);
  const losing = rules
    .filter(({ targets }) => targets.some(({ DeadLetterConfig }) => DeadLetterConfig?.Arn === undefined))
    .map(({ name }) => name);
  if (rules.length === 0)
    return {
      state: 'wrong',
      finding: `no rule on ${bus}: nobody hears of events`,
      remedy: 'docs/subscribe.md',
    };
  if (disabled.length > 0)
    return {
      state: 'look',
      finding: `disabled: ${named(disabled)}`,
      remedy: `they hear of nothing until they are enabled: aws events enable-rule --event-bus-name ${bus} --name NAME`,
    };
  if (idle.length > 0) return { state: 'look', finding: `without a target: ${named(idle)}` };
  if (losing.length > 0)
    return {
      state: 'look',
      finding: `without a dead-letter queue: ${named(losing)}`,
      remedy: 'what their targets do not take is lost to them after a day',
    };
  return { state: 'ok', finding: `${rules.length} rules on ${bus}: ${named(rules.map(({ name }) => name))}` };
}

async function auditLogIsKept(bus: string, clients: Clients): Promise<Examination> {
  return { state: 'ok', finding: await auditLogOf(bus, clients) };
}

async function noneIsWaiting(bus: string, clients: Clients): Promise<Examination> {
  const waiting: string[] = [];
  const places = await placesOf(bus, clients);
  for (const place of places) {
    const depth = await place.count();
    if (depth > 0) waiting.push(`${place.name} ${depth}`);
  }
  if (waiting.length === 0) return { state: 'ok', finding: `none in ${places.length} places` };
  return {
    state: 'look',
    finding: waiting.join(', '),
    remedy: 'orders dlq list says why; docs/runbooks/redrive.md sends them again',
  };
}
