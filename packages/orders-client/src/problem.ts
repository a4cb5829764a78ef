import type { components } from './schema.ts';

type ProblemBody = components['schemas']['Problem'];

/**
 * What went wrong, in a word that stays the same, so that programs may decide by it. `http-` and the status where the
 * answer has no code, as what a gateway or a proxy answers by itself. Others may be added: leave a branch for them.
 */
export type ProblemCode = ProblemBody['code'] | `http-${number}` | (string & Record<never, never>);

/** One wrong field of the body (`pointer`, a JSON Pointer) or one wrong parameter of path or query (`parameter`). */
export type FieldProblem = components['schemas']['ProblemError'];

/**
 * The service answered, and not with success: thrown once retries are of no use or used up. The fields are those of its
 * `application/problem+json` (RFC 9457); what a gateway answers has status, code and title alone.
 *
 * @example
 * try {
 *   await client.orders.amend(order, { amount: 2499 });
 * } catch (error) {
 *   if (!(error instanceof OrdersProblem && error.code === 'version-stale')) throw error;
 *   order = await client.orders.get(order); // somebody else changed it
 * }
 */
export class OrdersProblem extends Error {
  override readonly name = 'OrdersProblem';
  readonly code: ProblemCode;
  /** Of the HTTP answer. */
  readonly status: number;
  /** The same for each problem of this code. */
  readonly title: string;
  /** What is wrong this time. */
  readonly detail: string | undefined;
  /** Each wrong field or parameter; empty where none is to blame. */
  readonly errors: readonly FieldProblem[];
  /** Names the request in logs and events: quote it when you ask about it. */
  readonly correlationId: string | undefined;
  /** Of `transition-forbidden`: where the order is now, and where it can go from there. */
  readonly orderStatus: ProblemBody['orderStatus'];
  readonly allowedTransitions: ProblemBody['allowedTransitions'];
  /** Milliseconds that the service asks to wait; undefined where it asks for none. */
  readonly retryAfter: number | undefined;

  constructor(response: Response, body: unknown) {
    const problem = fieldsOf(body);
    const { status } = response;
    const {
      code = `http-${status}`,
      title = problem.message ?? response.statusText,
      detail,
      errors = [],
    } = problem;
    super([`${status} ${code}: ${detail ?? title}`, ...errors.map(told)].join('; '));
    this.code = code;
    this.status = status;
    this.title = title;
    this.detail = detail;
    this.errors = errors;
    this.correlationId = problem.correlationId ?? response.headers.get('x-correlation-id') ?? undefined;
    this.orderStatus = problem.orderStatus;
    this.allowedTransitions = problem.allowedTransitions;
    this.retryAfter = retryAfterOf(response);
  }
}

const fieldsOf = (body: unknown): Partial<ProblemBody> & { message?: string } =>
  typeof body === 'object' && body !== null ? body : {};

const told = ({ pointer, parameter, detail }: FieldProblem): string =>
  `${parameter ?? (pointer || 'body')}: ${detail}`;

/** RFC 9110 10.2.3: seconds, or a date. */
export const retryAfterOf = ({ headers }: Response): number | undefined => {
  const given = headers.get('retry-after');
  if (given === null) return undefined;
  const milliseconds = /^\d+$/.test(given) ? Number(given) * 1000 : Date.parse(given) - Date.now();
  return Number.isNaN(milliseconds) ? undefined : Math.max(0, milliseconds);
};
