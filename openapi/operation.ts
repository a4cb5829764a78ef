import type * as schemas from '../src/adapters/api-gateway/schemas.ts';
import type { ProblemCode } from '../src/adapters/api-gateway/problem-types.ts';
import type { JsonSchema, SchemaName } from './schemas.ts';

/** Who sends an example; a test gives each a token. */
export type Caller = 'owner' | 'stranger' | 'staff' | 'formerStaff' | 'admin' | 'anyone';

export interface ExampleRequest {
  path?: Record<string, string>;
  query?: Record<string, string>;
  headers?: Record<string, string>;
  body?: unknown;
}

/** A request that must be made first, so that the example finds what it speaks of. */
export interface Step extends ExampleRequest {
  operationId: string;
  as: Caller;
}

/** A request and the answer that it gets, shown in the document and sent by a test. */
export interface Example extends ExampleRequest {
  summary: string;
  as?: Caller;
  given?: readonly Step[];
  /** The answer comes about by events, a moment after what was given. */
  eventually?: boolean;
  answers: {
    status: number;
    body?: unknown;
    /** Of a file: some of its fields, or how it begins. */
    part?: unknown;
    mediaType?: string;
  };
}

export interface Answer {
  description: string;
  schema?: SchemaName;
  /** What is served as it is, by media type. */
  files?: Record<string, JsonSchema>;
  headers?: readonly string[];
}

export interface Operation {
  route: string;
  operationId: string;
  tag: string;
  summary: string;
  description?: string;
  /** Who sends the examples that name nobody. */
  as: Caller;
  /** One of these scopes is needed; none for anyone. */
  scopes: readonly string[];
  query?: keyof typeof schemas;
  headers?: readonly string[];
  requiredHeaders?: readonly string[];
  body?: { schema: SchemaName; required: boolean; mediaType?: string };
  answers: Record<number, Answer>;
  problems: readonly ProblemCode[];
  /** Problems under another status than their own. */
  alsoProblems?: Record<number, readonly ProblemCode[]>;
  examples: Record<string, Example>;
}

const AT_ANY_TIME = [
  'not-acceptable',
  'query-invalid',
  'internal-error',
  'unavailable',
] as const satisfies readonly ProblemCode[];
const WITH_BODY = [
  'body-malformed',
  'body-too-large',
  'media-type-unsupported',
  'encoding-unsupported',
  'body-invalid',
] as const satisfies readonly ProblemCode[];

const changesOrder = (route: string): boolean => !route.startsWith('GET ') && route.includes('/orders');

/** What every operation of that kind may answer, besides its own. */
export const problemsOf = ({ route, scopes, body, problems }: Operation): Set<ProblemCode> =>
  new Set([
    ...problems,
    ...(scopes.length > 0 ? (['scope-missing'] as const) : []),
    // A foreign customer is not told what there is.
    ...(scopes.includes('orders/customer') ? (['order-not-found'] as const) : []),
    ...(scopes.includes('orders/staff') ? (['staff-inactive'] as const) : []),
    ...(body ? WITH_BODY : []),
    ...(changesOrder(route) ? (['order-too-large'] as const) : []),
    ...(body?.required ? (['body-missing'] as const) : []),
    ...(scopes.length > 0 ? AT_ANY_TIME : []),
  ]);
