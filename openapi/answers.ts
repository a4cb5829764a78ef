import { PROBLEM_TYPES, type ProblemCode } from '../src/adapters/api-gateway/problem-types.ts';
import { type Answer, type Operation, problemsOf } from './operation.ts';
import { problem } from './samples.ts';
import { PROBLEMS } from './problems/all.ts';

const ref = (kind: string, name: string) => ({ $ref: `#/components/${kind}/${name}` });

/** Header components; `X-Correlation-Id` is in every answer of ours. */
export const HEADERS = {
  'X-Correlation-Id': 'The name of this request in logs and events',
  ETag: 'The version, to send as If-Match or If-None-Match',
  Location: 'Where the order is, as a relative link',
  Link: 'The same links as in the body (RFC 8288)',
  'Retry-After': 'Seconds to wait before the next attempt',
  'WWW-Authenticate': 'What is wrong with the token (RFC 6750)',
} as const;
type HeaderName = keyof typeof HEADERS;

const CURRENT = { description: 'The current version, where there is one', schema: { type: 'string' } };

const REPLAYED = { description: 'true where this is the first answer once more', schema: { type: 'string' } };

const headers = (names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [name, ref('headers', name)]));

/** What API Gateway answers by itself, in its own form. */
const GATEWAY: Record<number, { description: string; message: string; headers?: HeaderName[] }> = {
  401: {
    description: 'No token, or none that counts',
    message: 'Unauthorized',
    headers: ['WWW-Authenticate'],
  },
  413: { description: 'Too large', message: 'Request Entity Too Large' },
  429: { description: 'Too many requests at once: pause, then repeat', message: 'Too Many Requests' },
  500: { description: 'Something went wrong on our side', message: 'Internal Server Error' },
  503: { description: 'Try again in a moment', message: 'Service Unavailable' },
};

const gatewayContent = (message: string) => ({
  'application/json': {
    schema: ref('schemas', 'GatewayMessage'),
    examples: { gateway: { summary: 'By the gateway', value: { message } } },
  },
});

const problemContent = (codes: readonly ProblemCode[], own: Record<string, unknown>) => ({
  'application/problem+json': {
    schema: {
      allOf: [
        ref('schemas', 'Problem'),
        { type: 'object', required: ['code'], properties: { code: { type: 'string', enum: codes } } },
      ],
    },
    examples: {
      ...Object.fromEntries(
        codes.filter((code) => !(code in own)).map((code) => [code, ref('examples', code)]),
      ),
      ...own,
    },
  },
});

const examplesOf = ({ examples }: Operation, status: number, mediaType?: string) =>
  Object.fromEntries(
    Object.entries(examples)
      .filter(([, { answers }]) => answers.status === status && answers.mediaType === mediaType)
      .map(
        ([name, { summary, answers }]) => [name, { summary, value: answers.body ?? answers.part }] as const,
      )
      .filter(([, { value }]) => value !== undefined),
  );

const contentOf = (operation: Operation, status: number, { schema, files = {} }: Answer) => ({
  ...(schema !== undefined && {
    'application/json': { schema: ref('schemas', schema), examples: examplesOf(operation, status) },
  }),
  ...Object.fromEntries(
    Object.entries(files).map(([mediaType, inline]) => [
      mediaType,
      { schema: inline, examples: examplesOf(operation, status, mediaType) },
    ]),
  ),
});

export const responsesOf = (operation: Operation): Record<string, unknown> => {
  const byStatus = new Map<number, ProblemCode[]>();
  const add = (status: number, codes: readonly ProblemCode[]) =>
    byStatus.set(status, [...(byStatus.get(status) ?? []), ...codes]);
  for (const code of problemsOf(operation)) add(PROBLEM_TYPES[code][0], [code]);
  for (const [status, codes] of Object.entries(operation.alsoProblems ?? {})) add(Number(status), codes);

  const responses: Record<number, unknown> = {};
  for (const [status, answer] of Object.entries(operation.answers)) {
    const { description, headers: names = [] } = answer;
    const content = contentOf(operation, Number(status), answer);
    responses[Number(status)] = {
      description,
      headers: {
        ...headers(['X-Correlation-Id', ...names]),
        ...(operation.operationId === 'createOrder' && { 'Idempotency-Replayed': REPLAYED }),
      },
      ...(Object.keys(content).length > 0 && { content }),
    };
  }
  const byGateway = operation.scopes.length > 0 ? [401, 413, 429, 500, 503] : [429, 500, 503];
  for (const status of new Set([...byStatus.keys(), ...byGateway])) {
    const codes = byStatus.get(status) ?? [];
    const gateway = byGateway.includes(status) ? GATEWAY[status] : undefined;
    const [first] = codes;
    responses[status] = {
      description:
        gateway?.description ?? (codes.length === 1 && first ? PROBLEM_TYPES[first][1] : describe(codes)),
      headers: {
        ...headers([
          ...(codes.length > 0 ? ['X-Correlation-Id'] : []),
          ...(codes.includes('unavailable') ? ['Retry-After'] : []),
          ...(gateway?.headers ?? []),
        ]),
        ...(codes.includes('version-stale') && { ETag: CURRENT }),
      },
      content: {
        ...(codes.length > 0 && problemContent(codes, examplesOf(operation, status))),
        ...(gateway && gatewayContent(gateway.message)),
      },
    };
  }
  return responses;
};

const describe = (codes: readonly ProblemCode[]) =>
  codes.map((code) => PROBLEM_TYPES[code][1]).join('; or: ');

export const problemExamples = (): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(PROBLEMS).map(([code, { advice, says }]) => [
      code,
      {
        summary: PROBLEM_TYPES[code as ProblemCode][1],
        description: advice,
        value: problem(code as ProblemCode, says),
      },
    ]),
  );
