import { auditLogOf } from '../audit-log/log-group.ts';
import { explained, isNamed } from '../aws/failures.ts';
import type { Clients } from '../aws/clients.ts';
import { Failed } from '../command.ts';
import { placesOf } from '../dead-letters/places.ts';
import { apiAnswers } from './api-answers.ts';
import type { Check, Examination } from './check.ts';
import { busHasRules } from './bus-has-rules.ts';
import { streamIsRead } from './stream-is-read.ts';

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
      state: error instanceof Failed || isNamed(error, 'ResourceNotFoundException') ? 'wrong' : 'unknown',
      finding: explained(error),
    }));
    checks.push({ name, ...examination });
  }
  return checks;
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
