import type { BatchStep, InvocationStep } from '../trace/trace.ts';
import { tableIn } from '../trace/trace.ts';
import { lane, step, type ChainParts, type Stage } from './step.ts';
import { changesBetween, type Material } from './journey-material.ts';
import type { Gap, Step } from './shapes/journey.ts';
import type { State } from './shapes/pipeline.ts';

/** Below this nobody asks why. */
const shortestGapMs = 30;

/** From the table's stream through the function that reads it. */
export function streamSteps(material: Material, parts: ChainParts): Stage {
  const { records, batches, invocations, calls } = material;
  const steps: Step[] = [];
  const gaps: Gap[] = [];
  for (const { key, record } of records) {
    const table = tableIn(record.eventSourceARN);
    const { SequenceNumber } = record.dynamodb;
    const tries = batches.filter(({ keys }) => keys.includes(key));
    const first = tries[0]?.at ?? parts.clock.now();
    const written = Math.min(first, writtenAt(material, table) ?? first);
    steps.push(
      step({
        key: `record ${key}`,
        kind: 'record',
        lane: lane('table', table),
        at: written,
        title: `Stream record ${record.eventName}`,
        facts: [
          { label: 'Sequence number', value: SequenceNumber, journey: true },
          { label: 'Event id', value: record.eventID },
        ],
        changes: changesBetween(record.dynamodb),
        payload: [{ label: 'Record', text: JSON.stringify(record, null, 2) }],
      }),
      ...[...new Set(tries.map(({ function: name }) => name))].map((name) => {
        const those = tries.filter((batch) => batch.function === name);
        return batchStep(key, name, SequenceNumber, those);
      }),
    );
    gaps.push(...gapsBetween(written, tries, parts));
  }
  const seen = new Set(batches.map(({ requestId }) => requestId));
  steps.push(...invocations.filter((each) => isExtra(each, seen)).map(repeatedStep));
  for (const { at, ms, caller, resource, objectKey = '', error = '' } of calls) {
    if (objectKey === '') continue;
    const state: State = 'failed';
    const note = error === '' ? `Kept in ${resource}: ${objectKey}` : error;
    const about = { lane: lane('bucket', resource), title: `${caller} kept what failed`, state, note };
    steps.push(step({ key: `object ${objectKey} ${at}`, kind: 'object', at, ms, ...about }));
  }
  return { steps, gaps };
}

const writtenAt = ({ calls }: Material, table: string): number | undefined => {
  const writes = calls.filter(
    ({ items, error }) => error === undefined && items.some((item) => item.table === table),
  );
  const last = writes.at(-1);
  return last && last.at + last.ms;
};

/** One for each function that reads the stream, with a bar for each try. */
function batchStep(key: string, name: string, sequence: string, tries: readonly BatchStep[]): Step {
  const bars = tries.map((batch, place) => ({
    at: batch.at,
    ms: batch.ms,
    state: batchState(batch, sequence),
    label: `Try ${place + 1}: ${batch.error ?? (batch.failedFrom === undefined ? 'done' : `failed from ${batch.failedFrom} on`)}`,
  }));
  const last = tries.at(-1);
  const state = bars.at(-1)?.state ?? 'waiting';
  const again = tries.length > 1 ? `, ${tries.length} tries` : '';
  return step({
    key: `batch ${name} ${key}`,
    kind: 'batch',
    lane: lane('function', name),
    at: tries[0]?.at ?? 0,
    ms: tries[0]?.ms ?? 0,
    title: `${name} reads a batch of ${last?.keys.length ?? 0}${again}`,
    state,
    note: state === 'ok' ? '' : (last?.error ?? 'the function reported the record as failed'),
    bars,
    facts: tries.map(({ requestId }, place) => ({ label: `Request id ${place + 1}`, value: requestId })),
  });
}

function batchState({ outcome, failedFrom }: BatchStep, sequence: string): State {
  if (outcome !== 'answered') return outcome === 'unreached' ? 'retrying' : 'failed';
  return failedFrom === undefined || BigInt(sequence) < BigInt(failedFrom) ? 'ok' : 'failed';
}

/** The runs of a function that no batch accounts for: a fault had it run twice. */
const isExtra = ({ cause, requestId }: InvocationStep, batches: ReadonlySet<string>) =>
  cause.kind === 'records' && !batches.has(requestId);

const repeatedStep = ({ at, ms, requestId, function: name, outcome, error = '' }: InvocationStep): Step =>
  step({
    key: `invocation ${requestId}`,
    kind: 'invocation',
    lane: lane('function', name),
    at,
    ms,
    title: `${name} gets the batch once more`,
    state: outcome === 'answered' ? 'ok' : 'failed',
    note: error,
    facts: [{ label: 'Request id', value: requestId }],
  });

function gapsBetween(written: number, tries: readonly BatchStep[], { windowSeconds }: ChainParts): Gap[] {
  const gaps: Gap[] = [];
  let from = written;
  for (const [place, batch] of tries.entries()) {
    const window = windowSeconds(batch.function);
    const label =
      place > 0 ? 'back-off' : window > 0 ? `batch window of ${window} s` : 'until the stream is read';
    if (batch.at - from >= shortestGapMs)
      gaps.push({ lane: lane('function', batch.function), from, to: batch.at, label });
    from = batch.at + batch.ms;
  }
  return gaps;
}
