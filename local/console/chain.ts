import { deliverySteps } from './delivery-steps.ts';
import { eventSteps } from './event-steps.ts';
import type { Material } from './journey-material.ts';
import { linesFor } from './logs.ts';
import { requestSteps } from './request-steps.ts';
import type { Chain, Step } from './shapes/journey.ts';
import type { State } from './shapes/pipeline.ts';
import { inWords, type ChainParts } from './step.ts';
import { streamSteps } from './stream-steps.ts';

/** What a correlation id brought about, from the request to the subscribers. */
export function chainOf(material: Material, parts: ChainParts): Chain {
  const stages = [requestSteps, streamSteps, eventSteps, deliverySteps].map((stage) =>
    stage(material, parts),
  );
  const steps = stages.flatMap((stage) => stage.steps).sort((a, b) => a.at - b.at);
  const gaps = stages.flatMap((stage) => stage.gaps);
  addLines(steps, material, parts);
  const at = Math.min(...steps.map((step) => step.at));
  return {
    correlationId: material.correlationId,
    title: titleOf(material, steps),
    at,
    endedAt: Math.max(...steps.flatMap(ends), ...gaps.map(({ to }) => to)),
    ...stateOf(material, steps, at),
    lanes: lanesOf(steps),
    steps,
    gaps,
  };
}

const ends = ({ at, ms, bars }: Step) => [at + ms, ...bars.map((bar) => bar.at + bar.ms)];

/** In the order in which something first happened in them. */
function lanesOf(steps: readonly Step[]): Chain['lanes'] {
  return [...new Set(steps.map((each) => each.lane))].map((id) => {
    const [kind, ...name] = id.split(':') as [Chain['lanes'][number]['kind'], ...string[]];
    return { id, kind, name: name.join(':') };
  });
}

function titleOf({ events, requests }: Material, [first]: readonly Step[]): string {
  const types = [...new Set(events.map(({ type }) => type))];
  const [request] = requests;
  return types.join(', ') || (request ? `${request.method} ${request.path}` : (first?.title ?? ''));
}

function stateOf({ events, requests }: Material, steps: readonly Step[], at: number) {
  const has = (state: State) => steps.some((each) => each.state === state);
  const deliveries = steps.filter(({ kind }) => kind === 'delivery');
  const done = deliveries.filter(({ state }) => state === 'ok');
  const [refused] = requests.filter(({ status }) => status >= 400);
  const last = steps.find(({ state }) => state === 'failed');
  if (deliveries.length > 0 && done.length === deliveries.length) {
    const ms = Math.max(0, Math.max(...done.flatMap(ends)) - at);
    return { state: 'ok' as const, summary: `${done.length} of ${done.length} delivered in ${inWords(ms)}` };
  }
  if (has('retrying')) return { state: 'retrying' as const, summary: 'A delivery is tried again' };
  if (last) return { state: 'failed' as const, summary: last.note === '' ? last.title : last.note };
  if (refused) return { state: 'failed' as const, summary: `Refused with ${refused.status}` };
  if (has('waiting')) return { state: 'waiting' as const, summary: 'Under way' };
  if (events.length > 0) return { state: 'quiet' as const, summary: 'No rule matched' };
  return { state: 'quiet' as const, summary: 'No event' };
}

/** Each log line goes to the invocation that wrote it. */
function addLines(steps: readonly Step[], material: Material, { logs }: ChainParts): void {
  const { invocations, correlationId } = material;
  const from = Math.min(...invocations.map(({ at }) => at)) - 1_000;
  const to = Math.max(...invocations.map(({ at, ms }) => at + ms)) + 5_000;
  const lines = linesFor(logs, {
    from,
    to,
    requestIds: new Set(invocations.map(({ requestId }) => requestId)),
    correlationId,
    shared: new Set(
      invocations.flatMap(({ cause, requestId }) => (cause.kind === 'records' ? [requestId] : [])),
    ),
  });
  for (const line of lines) {
    const own = steps.find(
      ({ kind, facts }) =>
        (kind === 'invocation' || kind === 'batch') && facts.some(({ value }) => value === line.requestId),
    );
    own?.lines.push(line);
  }
}
