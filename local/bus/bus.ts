import type { BusMeter } from '../metrics/bus.ts';
import type { Clock, Invocations, Journal, JournalEntry, LogGroups, Permissions, Stack } from '../parts.ts';
import type { QueueService } from '../queues/queues.ts';
import { createSchedule } from '../schedule.ts';
import { createAcceptance } from './accepting.ts';
import { tryDelivery, type Attempt, type DeliveringParts } from './delivering.ts';
import { checkRequest } from './entries.ts';
import { createReplays } from './replaying.ts';
import { createRuleBook } from './rule-book.ts';
import { createScheduledRules } from './scheduled-rules.ts';
import type { BusService, Disturbance } from './service.ts';
import { createBusState, type AcceptedEvent, type BusEntry, type Delivery } from './state.ts';
import { targetDenial } from './target-permissions.ts';
import { deliverTo } from './targets.ts';

const part = 'bus';
const atOnce = 64;

export function createBus(parts: {
  stack: Stack;
  journal: Journal;
  queues: QueueService;
  invocations: Invocations;
  logs: LogGroups;
  permissions: Permissions;
  clock: Clock;
  warn: (line: string) => void;
  random: () => number;
  disturbance?: Partial<Disturbance>;
  meter?: BusMeter;
  attempted?: (attempt: Attempt) => void;
}): BusService {
  const { stack, journal, clock, warn, disturbance = {}, attempted = () => undefined } = parts;
  const rules = createRuleBook(stack);
  const own = (entry: BusEntry): JournalEntry => ({ part, entry });
  const acceptance = createAcceptance({
    stack,
    rules,
    clock,
    warn,
    heldBackMs: disturbance.heldBackMs ?? (() => 0),
    ...(parts.meter && { meter: parts.meter }),
  });
  let live = false;

  const state = createBusState({
    archives: rules.archives,
    onPending: (delivery) => {
      if (live) schedule.add(delivery);
    },
  });
  const apply = (entry: BusEntry) => {
    if (entry.type === 'rule') rules.put(entry.rule);
    else if (entry.type === 'rule deleted') rules.delete(entry.bus, entry.name);
    else state.apply(entry);
  };
  const scratchRules = () =>
    rules.buses().flatMap((bus) => rules.rules(bus).filter(({ declared }) => !declared));
  journal.register(part, {
    apply: (entry) => apply(entry as BusEntry),
    snapshot: () => [
      ...scratchRules().map((rule): BusEntry => ({ type: 'rule', rule })),
      ...state.snapshot(),
    ],
  });

  const deliver: DeliveringParts['deliver'] = (target, input, rule, event) => {
    const struck = disturbance.fails?.(target, event, rule);
    if (struck) return { error: struck };
    const denied = targetDenial(rule, target, event, parts.permissions);
    if (denied !== undefined) return { error: denied };
    const passingOn = (arn: string) => {
      const passed = acceptance.passOn(arn, event);
      return passed && 'key' in passed ? { entry: own({ type: 'accepted', events: [passed] }) } : passed;
    };
    const once = () => deliverTo(target.arn, input, rule.name, { ...parts, passingOn });
    const outcome = once();
    const again = 'entries' in outcome && disturbance.twice?.(rule) === true ? once() : { entries: [] };
    return 'entries' in outcome && 'entries' in again
      ? { entries: [...outcome.entries, ...again.entries] }
      : outcome;
  };
  const delivering: DeliveringParts = { ...parts, ...disturbance, rules, own, deliver, attempted };
  const schedule = createSchedule<Delivery>({
    clock,
    limit: atOnce,
    attempt: (delivery) => tryDelivery(delivery, delivering),
    failed: ({ event, rule, target }, error) =>
      warn(`event ${event.id} for ${rule}/${target} waits for the next start: ${String(error)}`),
  });

  const archived: BusService['archived'] = (name) => {
    const archive = rules.archives.find((candidate) => candidate.name === name);
    return archive && { archive, events: state.archives.get(name)?.items() ?? [] };
  };
  const replays = createReplays({
    journal,
    clock,
    warn,
    archived: (name) => archived(name)?.events,
    accepting: (events, replay) =>
      own({
        type: 'accepted',
        events: events.map((event) => acceptance.replay(event, replay.name, replay.rules)),
      }),
    pending: () => state.pending.size,
  });

  const scheduled = createScheduledRules({
    rules: rules.rules('default'),
    clock,
    warn,
    fire: (rule, at) => journal.append(own({ type: 'accepted', events: [acceptance.fired(rule, at)] })),
  });

  return {
    rules,
    replays,
    archived,
    putEvents: async (entries) => {
      checkRequest(entries);
      const outcomes = entries.map(acceptance.accept);
      const events = outcomes.filter((outcome): outcome is AcceptedEvent => 'key' in outcome);
      if (events.length > 0) await journal.append(own({ type: 'accepted', events }));
      return {
        FailedEntryCount: outcomes.filter((outcome) => 'ErrorCode' in outcome).length,
        Entries: outcomes.map((outcome) => ('ErrorCode' in outcome ? outcome : { EventId: outcome.id })),
      };
    },
    recent: () => state.recent.items(),
    total: () => state.recent.total(),
    resend: async (event, rule) => {
      const accepted = acceptance.replay(event, 'console', [rule]);
      if (accepted.deliveries.length === 0) return undefined;
      await journal.append(own({ type: 'accepted', events: [accepted] }));
      return accepted;
    },
    redelivering: (json, { bus, name }, targetArn) => {
      const target = rules.find(bus, name)?.targets.find(({ arn }) => arn === targetArn);
      return target && own({ type: 'accepted', events: [acceptance.again(bus, json, name, target.id)] });
    },
    putRule: (rule) => journal.append(own({ type: 'rule', rule })),
    deleteRule: (bus, name) => journal.append(own({ type: 'rule deleted', bus, name })),
    idle: async () => {
      await scheduled.idle();
      await replays.idle();
      await schedule.idle();
    },
    resume: () => {
      live = true;
      for (const delivery of state.pending.values()) schedule.add(delivery);
      replays.resume();
      scheduled.start();
    },
    close: async () => {
      live = false;
      await scheduled.close();
      await replays.close();
      await schedule.close();
    },
  };
}
