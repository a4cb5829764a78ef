import type { JournalEntry } from '../parts.ts';
import type { PutEventsEntry } from './entries.ts';
import type { Replays } from './replaying.ts';
import type { Archive, RuleBook } from './rule-book.ts';
import type { Rule, Target } from './rules.ts';
import type { AcceptedEvent, BusEvent } from './state.ts';
import type { DeliveryError } from './targets.ts';

interface PutEventsResult {
  FailedEntryCount: number;
  Entries: ({ EventId: string } | { ErrorCode: string; ErrorMessage: string })[];
}

/** The event buses of the template, their rules, archives and replays. */
export interface BusService {
  /** Answers once the accepted events and their due deliveries are on disk. */
  putEvents(entries: readonly PutEventsEntry[]): Promise<PutEventsResult>;
  /** Oldest first; at most what the ring buffer still holds. */
  recent(): readonly BusEvent[];
  /** How many events it ever took, in this run or in those that the journal tells of. */
  total(): number;
  rules: RuleBook;
  putRule(rule: Rule): Promise<void>;
  deleteRule(bus: string, name: string): Promise<void>;
  /** The event for the targets of one rule once more, marked as a replay; undefined where the rule does not match it. */
  resend(event: BusEvent, rule: string): Promise<AcceptedEvent | undefined>;
  /**
   * The journal entry that gives an event to one target of a rule once more, as it was; undefined where the rule no
   * longer has the target.
   */
  redelivering(
    eventJson: string,
    rule: { bus: string; name: string },
    targetArn: string,
  ): JournalEntry | undefined;
  archived(archive: string): { archive: Archive; events: readonly BusEvent[] } | undefined;
  replays: Replays;
  /** Resolves when no delivery is under way or waiting for a retry that is due. */
  idle(): Promise<void>;
  /** After the journal is loaded. */
  resume(): void;
  close(): Promise<void>;
}

/** Fails a delivery in the place of its target. */
export type Fault = (target: Target, event: BusEvent, rule: Rule) => DeliveryError | undefined;

/** What can go wrong between the bus and its targets. */
export interface Disturbance {
  fails: Fault;
  /** The target gets the event twice. */
  twice: (rule: Rule) => boolean;
  /** How much later than at once it is delivered. */
  heldBackMs: (rule: Rule) => number;
  /** Its dead-letter queue does not take the event. */
  loses: (rule: Rule) => boolean;
}
