import type { BusEvent, Delivery } from '../bus/state.ts';
import { nameInArn } from '../properties.ts';
import { inWords, lane, step, type ChainParts, type Stage } from './step.ts';
import type { Material } from './journey-material.ts';
import type { Gap, Step } from './shapes/journey.ts';
import type { State } from './shapes/pipeline.ts';

const shortestGapMs = 50;
const states: Record<Delivery['state'], State> = {
  pending: 'waiting',
  delivered: 'ok',
  'dead-lettered': 'failed',
  dropped: 'failed',
};

const titles: Record<Delivery['state'], string> = {
  pending: 'On its way to',
  delivered: 'Delivered to',
  'dead-lettered': 'Given up, in the dead-letter queue of',
  dropped: 'Dropped, not delivered to',
};

/** From the rules to whoever subscribed. */
export function deliverySteps(material: Material, parts: ChainParts): Stage {
  const { events, invocations } = material;
  const deliveries = events.flatMap(({ event }) =>
    event.deliveries.map((delivery) => deliveryStage(event, delivery, material, parts)),
  );
  // A replay has the id of what it repeats, and in a queue only that tells messages apart.
  const byId = new Map(events.map(({ event }) => [event.id, event]));
  const received = [...byId.values()].flatMap((event) => consumerSteps(event, material, parts));
  const run = invocations
    .filter(({ cause }) => cause.kind === 'event')
    .map(({ at, ms, requestId, function: name, outcome, error = '' }) =>
      step({
        key: `invocation ${requestId}`,
        kind: 'invocation',
        lane: lane('function', name),
        at,
        ms,
        title: `${name} ${outcome === 'answered' ? 'handles the event' : 'fails'}`,
        state: outcome === 'answered' ? 'ok' : 'failed',
        note: error,
        facts: [{ label: 'Request id', value: requestId }],
      }),
    );
  return {
    steps: [...deliveries.flatMap(({ steps }) => steps), ...run, ...received],
    gaps: deliveries.flatMap(({ gaps }) => gaps),
  };
}

function deliveryStage(
  event: BusEvent,
  delivery: Delivery,
  { attempts }: Material,
  parts: ChainParts,
): Stage {
  const { rule, target, state, nextAt, error = '' } = delivery;
  const on = lane('rule', rule);
  const tries = attempts.filter(
    (each) => each.event === event.key && each.rule === rule && each.target === target,
  );
  const arn = parts.bus.rules.find(event.bus, rule)?.targets.find(({ id }) => id === target)?.arn ?? target;
  const bars = tries.map((each) => ({
    at: each.at,
    ms: each.ms,
    state: each.outcome === 'delivered' ? ('ok' as const) : ('failed' as const),
    label: `Try ${each.attempt}: ${each.error ?? each.outcome}`,
  }));
  const first = tries[0]?.at ?? event.acceptedAt;
  const isOpen = state === 'pending';
  const shown: State = isOpen && delivery.attempts > 0 ? 'retrying' : states[state];
  const again = delivery.attempts > 1 ? ` after ${delivery.attempts} tries` : '';
  const delivered = step({
    key: `delivery ${delivery.id}`,
    kind: 'delivery',
    lane: on,
    at: first,
    title: `${titles[state]} ${nameInArn(arn)}${again}`,
    state: shown,
    note: noteOf(delivery, parts.clock.now()),
    ...(bars.length > 0 && { bars }),
    facts: [
      { label: 'Rule', value: rule },
      { label: 'Target', value: arn },
      ...(error === '' ? [] : [{ label: 'Last error', value: error }]),
    ],
  });
  const gaps: Gap[] = [];
  let from = event.acceptedAt;
  for (const [place, { at }] of tries.entries()) {
    const label = place === 0 ? 'held back' : 'back-off';
    if (at - from >= shortestGapMs) gaps.push({ lane: on, from, to: at, label });
    from = at;
  }
  if (isOpen && nextAt - from >= shortestGapMs)
    gaps.push({ lane: on, from, to: nextAt, label: 'until the next try' });
  return { steps: [delivered], gaps };
}

function noteOf({ state, attempts, error = '', nextAt }: Delivery, now: number): string {
  if (state === 'delivered') return '';
  if (state !== 'pending') return error;
  const wait = nextAt > now ? `next try in ${inWords(nextAt - now)}` : 'due';
  return attempts === 0 ? wait : `${error}; ${wait}`;
}

/** In queues that the event went to: whether its consumer has taken it. */
function consumerSteps(
  { id, bus, acceptedAt, deliveries }: BusEvent,
  material: Material,
  parts: ChainParts,
): Step[] {
  const { consumers } = material;
  const { queues } = parts;
  const targets = deliveries
    .filter(({ state }) => state === 'delivered')
    .flatMap(
      ({ rule, target }) => parts.bus.rules.find(bus, rule)?.targets.find((each) => each.id === target) ?? [],
    );
  const names = targets.filter(({ arn }) => arn.split(':')[2] === 'sqs').map(({ arn }) => nameInArn(arn));
  return [...new Set(names)].flatMap((queue) => {
    if (!queues.names().includes(queue)) return [];
    const here = queues.messages(queue).filter(({ body }) => body.startsWith(`{"version":"0","id":"${id}"`));
    const taken = consumers.filter((each) => each.queue === queue && each.event === id);
    const messages = new Set([...here.map((message) => message.id), ...taken.map(({ message }) => message)]);
    const gone = consumers.filter(({ action, message }) => action === 'deleted' && messages.has(message));
    const [first] = taken;
    const isDone = here.length === 0 && gone.length > 0;
    const title = isDone
      ? `Taken by the consumer of ${queue}`
      : here.length > 0
        ? `Waits in ${queue} for its consumer`
        : `No longer in ${queue}`;
    const receives = here.reduce((sum, { receiveCount }) => sum + receiveCount, 0);
    return [
      step({
        key: `consumer ${queue} ${id}`,
        kind: 'consumer',
        lane: lane('queue', queue),
        at: here[0]?.sentAt ?? first?.at ?? acceptedAt,
        title,
        state: isDone ? 'ok' : 'quiet',
        note: here.length > 0 && receives > 0 ? `received ${receives} times and not deleted` : '',
        bars: [
          ...here.map(({ sentAt }) => ({
            at: sentAt,
            ms: 0,
            state: 'quiet' as const,
            label: 'In the queue',
          })),
          ...taken.map(({ at }) => ({ at, ms: 0, state: 'ok' as const, label: 'Received' })),
          ...gone.map(({ at }) => ({ at, ms: 0, state: 'ok' as const, label: 'Deleted' })),
        ],
      }),
    ];
  });
}
