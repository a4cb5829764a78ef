import type { BusMeter } from '../metrics/bus.ts';
import type { Clock, Journal, JournalEntry, Permissions, Queues } from '../parts.ts';
import { targetInput } from './input.ts';
import type { RuleBook } from './rule-book.ts';
import type { Rule, Target } from './rules.ts';
import type { BusEntry, BusEvent, Delivery } from './state.ts';
import { queueDenial } from './target-permissions.ts';
import type { DeliveryError, TargetOutcome } from './targets.ts';

export interface DeliveringParts {
  rules: RuleBook;
  queues: Queues;
  journal: Journal;
  permissions: Permissions;
  clock: Clock;
  random: () => number;
  warn: (line: string) => void;
  /** Is told of each try when what came of it is kept. */
  attempted: (attempt: Attempt) => void;
  /** Delivers the input to the target's resource. */
  deliver: (target: Target, input: string, rule: Rule, event: BusEvent) => TargetOutcome;
  own: (entry: BusEntry) => JournalEntry;
  /** The rule's dead-letter queue does not take the event. */
  loses?: (rule: Rule) => boolean;
  meter?: BusMeter;
}

export interface Attempt {
  delivery: Delivery;
  at: number;
  attempts: number;
  outcome: Exclude<Delivery['state'], 'pending'> | 'retry';
  error?: string;
  nextAt?: number;
}

type Exhausted = 'MaximumRetryAttempts' | 'MaximumEventAgeInSeconds';

const firstDelayMs = 1_000;
const longestDelayMs = 10 * 60 * 1000;

/** Tries a delivery once; what comes of it is one append. */
export async function tryDelivery(delivery: Delivery, parts: DeliveringParts): Promise<void> {
  const { event } = delivery;
  const at = parts.clock.now();
  const rule = parts.rules.find(event.bus, delivery.rule);
  const target = rule?.targets.find(({ id }) => id === delivery.target);
  if (!rule || !target) {
    const error = `the rule no longer has this target`;
    parts.warn(`event ${event.id} for ${delivery.rule}/${delivery.target} is dropped: ${error}`);
    return settle(delivery, 'dropped', { at, attempts: delivery.attempts, error }, [], parts);
  }
  const context = { ruleName: rule.name, ruleArn: rule.arn, ingestedAt: event.acceptedAt };
  const ageMs = () => parts.clock.now() - event.acceptedAt;
  parts.meter?.tried(rule, { retry: delivery.attempts > 0, ageMs: ageMs() });
  const outcome = parts.deliver(target, targetInput(target.input, event.json, context), rule, event);
  const attempts = delivery.attempts + 1;
  if ('entries' in outcome) {
    parts.meter?.delivered(rule, ageMs());
    return settle(delivery, 'delivered', { at, attempts }, outcome.entries, parts);
  }
  const { error } = outcome;
  if (!error.retryable) return giveUp(delivery, rule, target, { at, attempts, error }, parts);
  const nextAt = parts.clock.now() + backoff(attempts, parts.random);
  if (attempts > target.maxRetries) {
    return giveUp(delivery, rule, target, { at, attempts, error, exhausted: 'MaximumRetryAttempts' }, parts);
  }
  if (nextAt > event.acceptedAt + target.maxAgeMs) {
    return giveUp(
      delivery,
      rule,
      target,
      { at, attempts, error, exhausted: 'MaximumEventAgeInSeconds' },
      parts,
    );
  }
  const why = describe(error);
  await parts.journal.append(
    parts.own({ type: 'retry', delivery: delivery.id, attempts, nextAt, error: why }),
  );
  parts.attempted({ delivery, at, attempts, outcome: 'retry', error: why, nextAt });
}

/** Doubling, between half of it and the whole. */
function backoff(attempts: number, random: () => number): number {
  const most = Math.min(longestDelayMs, firstDelayMs * 2 ** Math.min(attempts - 1, 20));
  return Math.ceil(most * (0.5 + random() / 2));
}

async function giveUp(
  delivery: Delivery,
  rule: Rule,
  { arn, deadLetterArn }: Target,
  {
    at,
    attempts,
    error,
    exhausted,
  }: { at: number; attempts: number; error: DeliveryError; exhausted?: Exhausted },
  parts: DeliveringParts,
): Promise<void> {
  const outcome = { at, attempts, error: describe(error) };
  const { event } = delivery;
  const denied = deadLetterArn && queueDenial(rule, deadLetterArn, parts.permissions);
  const letter =
    deadLetterArn &&
    denied === undefined &&
    parts.loses?.(rule) !== true &&
    parts.queues.sending(deadLetterArn, {
      body: event.json,
      attributes: {
        RULE_ARN: rule.arn,
        TARGET_ARN: arn,
        ERROR_CODE: error.code,
        ERROR_MESSAGE: error.message,
        RETRY_ATTEMPTS: String(attempts - 1),
        ...(exhausted && { EXHAUSTED_RETRY_CONDITION: exhausted }),
      },
    });
  parts.meter?.failed(rule, letter ? 'sent' : deadLetterArn ? 'not taken' : 'none');
  if (letter) return settle(delivery, 'dead-lettered', outcome, [letter], parts);
  const why = deadLetterArn
    ? (denied ?? `its dead-letter queue ${deadLetterArn} does not take it`)
    : 'it has no dead-letter queue';
  parts.warn(`event ${event.id} for ${rule.name} is dropped, ${why}: ${outcome.error}`);
  await settle(delivery, 'dropped', outcome, [], parts);
}

async function settle(
  delivery: Delivery,
  state: Exclude<Delivery['state'], 'pending'>,
  { at, ...outcome }: { at: number; attempts: number; error?: string },
  entries: JournalEntry[],
  { journal, own, attempted }: DeliveringParts,
): Promise<void> {
  await journal.append(...entries, own({ type: 'settled', delivery: delivery.id, state, ...outcome }));
  attempted({ delivery, at, outcome: state, ...outcome });
}

const describe = ({ code, message }: DeliveryError) => `${code}: ${message}`;
