import { randomUUID } from 'node:crypto';
import { readAsyncSettings, type AsyncSettings } from './invocation-settings.ts';
import { deadLetter, type GivenUp } from './invocation-failures.ts';
import type { FunctionMeter } from './metrics/functions.ts';
import type {
  Clock,
  Functions,
  Invocations,
  Journal,
  JournalEntry,
  Objects,
  Permissions,
  Queues,
  Stack,
} from './parts.ts';
import { permittedDestinations, type Destinations } from './permitted.ts';
import { createSchedule, type Scheduled } from './schedule.ts';

interface Kept {
  id: string;
  functionName: string;
  payload: unknown;
  acceptedAt: number;
  attempts: number;
  nextAt: number;
}

type Accepted = Kept & Scheduled;

type InvocationEntry =
  | { type: 'accepted'; invocation: Kept }
  | { type: 'retry'; id: string; attempts: number; nextAt: number }
  | { type: 'settled'; id: string };

export interface InvocationService extends Invocations {
  /** After the journal is loaded. */
  resume(): void;
  close(): void;
}

const part = 'invocations';
const atOnce = 16;
const minute = 60_000;

export function createInvocations(parts: {
  stack: Stack;
  functions: Functions;
  journal: Journal;
  queues: Queues;
  objects: Objects;
  permissions: Permissions;
  clock: Clock;
  warn: (line: string) => void;
  /** Stands in front of where the failures of a function are kept. */
  keeping?: (destinations: Destinations, functionName: string) => Destinations;
  meter?: FunctionMeter;
}): InvocationService {
  const {
    stack,
    functions,
    journal,
    clock,
    warn,
    keeping = (destinations: Destinations) => destinations,
    meter,
  } = parts;
  const settings = readAsyncSettings(stack);
  const open = new Map<string, Accepted>();
  const own = (entry: InvocationEntry): JournalEntry => ({ part, entry });
  let live = false;
  let closed = false;

  journal.register(part, {
    apply: (given) => {
      const entry = given as InvocationEntry;
      if (entry.type === 'accepted') {
        const invocation = { ...entry.invocation, done: false };
        open.set(invocation.id, invocation);
        if (live) schedule.add(invocation);
        return;
      }
      const invocation = open.get(entry.id);
      if (!invocation) return;
      if (entry.type === 'retry') {
        invocation.attempts = entry.attempts;
        invocation.nextAt = entry.nextAt;
      } else {
        invocation.done = true;
        open.delete(entry.id);
      }
    },
    snapshot: () =>
      [...open.values()].map(({ done: _, ...invocation }): InvocationEntry => ({
        type: 'accepted',
        invocation,
      })),
  });

  const settingsOf = (function_: string): AsyncSettings | undefined =>
    settings.find(
      ({ name, arn }) => function_ === name || function_ === arn || function_.startsWith(`${arn}:`),
    );

  async function attempt(invocation: Accepted): Promise<void> {
    const known = settingsOf(invocation.functionName);
    if (!known) return settle(invocation, []);
    meter?.tried(known.name, clock.now() - invocation.acceptedAt);
    const result = await functions.invoke(invocation.functionName, invocation.payload);
    // It counts as not made: the next start makes it again.
    if (closed) throw new Error('closed');
    if (result.outcome === 'answered') return settle(invocation, []);
    // Only what entered the function uses up its retries.
    const attempts = invocation.attempts + (result.outcome === 'failed' ? 1 : 0);
    const wait = result.outcome === 'failed' ? attempts * minute : 1_000;
    const expired = clock.now() + wait > invocation.acceptedAt + known.maxAgeMs;
    if (attempts <= known.maxRetries && !expired) {
      return journal.append(own({ type: 'retry', id: invocation.id, attempts, nextAt: clock.now() + wait }));
    }
    const condition = attempts > known.maxRetries ? 'RetriesExhausted' : 'EventAgeExceeded';
    await give({ ...invocation, attempts, condition, result, at: clock.now() }, known);
  }

  async function give(failure: GivenUp & Accepted, known: AsyncSettings): Promise<void> {
    const destinations = permittedDestinations(parts, {
      function: known.name,
      permissions: parts.permissions,
    });
    const { entries, denied, kept } = await deadLetter(failure, known, keeping(destinations, known.name));
    meter?.dropped(known.name);
    if (!kept && known.deadLetterArn) meter?.deadLetterFailed(known.name);
    if (!kept && known.onFailureArn) meter?.destinationFailed(known.name);
    const lost = `an event for ${known.name} is dropped after ${failure.attempts} attempts`;
    if (denied !== undefined) warn(`${lost}: ${denied}`);
    else if (!kept) warn(lost);
    await settle(failure, entries);
  }

  const settle = ({ id }: { id: string }, entries: JournalEntry[]) =>
    journal.append(...entries, own({ type: 'settled', id }));

  const schedule = createSchedule<Accepted>({
    clock,
    limit: atOnce,
    attempt,
    failed: ({ functionName }, error) => {
      if (!closed) warn(`an event for ${functionName} waits for the next start: ${String(error)}`);
    },
  });

  return {
    accepting: (function_, payload) => {
      const known = settingsOf(function_);
      if (!known) return undefined;
      meter?.accepted(known.name);
      const at = clock.now();
      const invocation = {
        id: randomUUID(),
        functionName: known.name,
        payload,
        acceptedAt: at,
        attempts: 0,
        nextAt: at,
      };
      return own({ type: 'accepted', invocation });
    },
    idle: () => schedule.idle(),
    resume: () => {
      live = true;
      for (const invocation of open.values()) schedule.add(invocation);
    },
    close: () => {
      live = false;
      closed = true;
      void schedule.close();
    },
  };
}
