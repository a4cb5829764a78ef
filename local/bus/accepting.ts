import { randomUUID } from 'node:crypto';
import type { BusMeter } from '../metrics/bus.ts';
import type { Clock, Stack } from '../parts.ts';
import { checkEntry, type EntryError, type PutEventsEntry } from './entries.ts';
import { envelope, withReplayName } from './envelope.ts';
import type { RuleBook } from './rule-book.ts';
import { busName, type Rule } from './rules.ts';
import type { AcceptedEvent, BusEvent } from './state.ts';
import type { DeliveryError } from './targets.ts';

// Two buses that hand events to each other would do so for ever.
const maxHops = 4;

/** Events with the deliveries that their rules ask for, before they are in the journal. */
export interface Acceptance {
  /** An id alone: accepted, and lost with its unknown bus. */
  accept: (entry: PutEventsEntry) => AcceptedEvent | { id: string } | EntryError;
  /** The same event on another bus; undefined when there is no such bus. */
  passOn: (busArn: string, event: BusEvent) => AcceptedEvent | { error: DeliveryError } | undefined;
  /** The same event for the rules of its bus once more, or only for those that are named. */
  replay: (event: BusEvent, replayName: string, only: readonly string[] | undefined) => AcceptedEvent;
  /** The same event, given up before, for one target. */
  again: (bus: string, json: string, rule: string, target: string) => AcceptedEvent;
  /** The event of a scheduled rule, for this rule alone. */
  fired: (rule: Rule, at: number) => AcceptedEvent;
}

export function createAcceptance(parts: {
  stack: Stack;
  rules: RuleBook;
  clock: Clock;
  warn: (line: string) => void;
  heldBackMs: (rule: Rule) => number;
  meter?: BusMeter;
}): Acceptance {
  const { stack, rules, clock, warn, heldBackMs, meter } = parts;

  const onBus = (
    bus: string,
    id: string,
    json: string,
    hops: number,
    isAsked: (rule: Rule) => boolean = () => true,
  ): AcceptedEvent => {
    const asked = rules.matching(bus, json).filter(isAsked);
    return { ...forRules(asked, bus, id, json), hops, archives: rules.archivesFor(bus, json) };
  };
  const forRules = (asked: readonly Rule[], bus: string, id: string, json: string): AcceptedEvent => {
    const acceptedAt = clock.now();
    meter?.matched(
      bus,
      asked.map(({ name, targets }) => ({ name, targets: targets.length })),
    );
    return {
      key: randomUUID(),
      id,
      bus,
      acceptedAt,
      json,
      hops: 0,
      archives: [],
      deliveries: asked.flatMap((rule) =>
        rule.targets.map((target) => ({
          id: randomUUID(),
          rule: rule.name,
          target: target.id,
          attempts: 0,
          nextAt: acceptedAt + heldBackMs(rule),
        })),
      ),
    };
  };

  return {
    accept: (entry) => {
      const checked = checkEntry(entry);
      if ('ErrorCode' in checked) return checked;
      const { Source = '', DetailType = '', Time, Resources = [], EventBusName } = entry;
      const bus = busName(EventBusName);
      const id = randomUUID();
      if (!rules.hasBus(bus)) {
        warn(
          `PutEvents to ${JSON.stringify(bus)}, which is no bus of the template: the event is accepted and LOST, as in the cloud`,
        );
        return { id };
      }
      const json = envelope({
        id,
        source: Source,
        detailType: DetailType,
        account: stack.accountId,
        region: stack.region,
        time: Time === undefined ? clock.now() : Time * 1000,
        resources: Resources,
        detail: checked.detail,
      });
      return onBus(bus, id, json, 0);
    },
    passOn: (arn, { id, json, hops }) => {
      const bus = busName(arn);
      if (!rules.hasBus(bus)) return undefined;
      if (hops < maxHops) return onBus(bus, id, json, hops + 1);
      const message = `It came through ${maxHops} buses.`;
      return { error: { code: 'THIRD_ACCOUNT_HOP_DETECTED', message, retryable: false } };
    },
    fired: (rule, at) => {
      const id = randomUUID();
      const json = envelope({
        id,
        source: 'aws.events',
        detailType: 'Scheduled Event',
        account: stack.accountId,
        region: stack.region,
        time: at,
        resources: [rule.arn],
        detail: '{}',
      });
      return forRules([rule], rule.bus, id, json);
    },
    again: (bus, json, rule, target) => {
      const { id } = JSON.parse(json) as { id: string };
      const accepted = forRules([], bus, id, json);
      const delivery = { id: randomUUID(), rule, target, attempts: 0, nextAt: accepted.acceptedAt };
      return { ...accepted, deliveries: [delivery] };
    },
    replay: ({ bus, id, json, hops }, name, only) =>
      onBus(bus, id, withReplayName(json, name), hops, (rule) => !only || only.includes(rule.name)),
  };
}
