import type { CallStep, RequestStep } from '../trace/trace.ts';
import { lane, step, type Stage } from './step.ts';
import type { Material } from './journey-material.ts';
import type { Step } from './shapes/journey.ts';

/** From the client to the table. */
export function requestSteps({ requests, invocations, calls }: Material): Stage {
  return {
    steps: [
      ...requests.map(requestStep),
      ...invocations
        .filter(({ cause }) => cause.kind === 'request')
        .map(({ at, ms, requestId, function: name, outcome, error = '' }) =>
          step({
            key: `invocation ${requestId}`,
            kind: 'invocation',
            lane: lane('function', name),
            at,
            ms,
            title: `${name} ${outcome === 'answered' ? 'answers' : 'fails'}`,
            state: outcome === 'answered' ? 'ok' : 'failed',
            note: error,
            facts: [{ label: 'Request id', value: requestId }],
          }),
        ),
      ...calls.filter(({ service }) => service === 'dynamodb').map(writeStep),
    ],
    gaps: [],
  };
}

function requestStep(request: RequestStep, place: number): Step {
  const { at, ms, requestId, method, path, status, headers, body, answer } = request;
  return step({
    key: `request ${requestId ?? place}`,
    kind: 'request',
    lane: lane('api', 'HTTP API'),
    at,
    ms,
    title: `${method} ${path} answered ${status}`,
    state: status >= 400 ? 'failed' : 'ok',
    note: status >= 400 ? problemIn(answer) : '',
    facts: [
      ...(requestId === undefined ? [] : [{ label: 'Request id', value: requestId, journey: true }]),
      ...Object.entries(headers).map(([label, value]) => ({ label, value })),
    ],
    payload: [
      ...(body && body.length > 0 ? [{ label: 'Body', text: body.toString() }] : []),
      ...(answer && answer.length > 0 ? [{ label: 'Answer', text: Buffer.from(answer).toString() }] : []),
    ],
  });
}

function problemIn(answer: RequestStep['answer']): string {
  try {
    const problem = JSON.parse(Buffer.from(answer ?? '').toString()) as Partial<Record<string, unknown>>;
    const words = [problem['code'], problem['detail'] ?? problem['title'] ?? problem['message']];
    return words.filter((word) => typeof word === 'string').join(': ');
  } catch {
    return '';
  }
}

function writeStep(
  { at, ms, operation, caller, resource, items, error = '' }: CallStep,
  place: number,
): Step {
  const [table = resource] = items.map((item) => item.table).sort((a, b) => rank(a) - rank(b));
  return step({
    key: `write ${place} ${at}`,
    kind: 'write',
    lane: lane('table', table),
    at,
    ms,
    title: `${operation} ${resource}`,
    state: error === '' ? 'ok' : 'failed',
    note: error,
    facts: [
      { label: 'By', value: caller },
      ...items.map((item) => ({ label: item.table, value: Object.values(item.key).join(' / ') })),
    ],
  });
}

// Of a transaction the order is what the reader looks for, not the key of repetition.
const rank = (table: string) => (/idempotency/i.test(table) ? 1 : 0);
