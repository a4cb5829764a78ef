import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { ChangeRefusal } from '../../application/change-order.ts';
import type { CursorRefusal } from '../../application/ports.ts';
import { PROBLEM_TYPES, type ProblemCode } from './problem-types.ts';

export interface ProblemError {
  pointer?: string;
  parameter?: string;
  code: string;
  detail: string;
}

/** RFC 9457, with a stable `code`; `type` is the code as a relative reference. */
export interface Problem {
  code: ProblemCode;
  /** Where it is not that of the code. */
  status?: number;
  detail?: string;
  errors?: ProblemError[];
  extra?: Record<string, unknown>;
  headers?: Record<string, string>;
}

export const problemResponse = (
  problem: Problem,
  correlationId: string,
): APIGatewayProxyStructuredResultV2 => {
  const { code, detail, errors, extra, headers } = problem;
  const [usual, title] = PROBLEM_TYPES[code];
  const status = problem.status ?? usual;
  return {
    statusCode: status,
    headers: { 'content-type': 'application/problem+json', ...headers },
    body: JSON.stringify({
      type: `/problems/${code}`,
      title,
      status,
      code,
      detail,
      ...extra,
      errors,
      correlationId,
    }),
  };
};

/** The inside's refusals in the words of HTTP: the one place that knows both. */
export const problemOf = (
  refusal: ChangeRefusal | CursorRefusal | { code: 'idempotency-key-reused' },
  exists?: 412,
): Problem => {
  switch (refusal.code) {
    case 'idempotency-key-reused':
      return {
        code: refusal.code,
        detail: 'Send the same body as the first time, or another Idempotency-Key.',
      };
    case 'order-not-found':
      return { code: refusal.code };
    case 'order-exists':
      return {
        code: refusal.code,
        ...(exists && { status: exists }),
        detail: 'An order with this id exists and was created by a different request.',
      };
    case 'transition-forbidden': {
      const { transition, status, allowed } = refusal;
      const others =
        allowed.length > 0 ? `Allowed now: ${allowed.join(', ')}.` : 'Nothing leads on from here.';
      return {
        code: refusal.code,
        detail: `Cannot ${transition} an order that is ${status}. ${others}`,
        extra: { orderStatus: status, allowedTransitions: allowed },
      };
    }
    case 'version-stale':
      return {
        code: refusal.code,
        detail: `If-Match names another version than the current one, ${refusal.current}. Read it and try again.`,
        headers: { etag: `"${refusal.current}"` },
      };
    case 'order-invalid':
      return {
        code: refusal.code,
        errors: refusal.problems.map(({ field, code, detail }) => ({ pointer: `/${field}`, code, detail })),
      };
    case 'cursor-invalid':
      return {
        code: refusal.code,
        detail: 'Use the cursor of a page with the same path, filters and order, or start again without one.',
        errors: [{ parameter: 'cursor', code: refusal.code, detail: 'not a cursor of this list' }],
      };
    case 'cursor-expired':
      return {
        code: refusal.code,
        detail: 'Start again without a cursor: one is good for 24 hours.',
        errors: [{ parameter: 'cursor', code: refusal.code, detail: 'made too long ago' }],
      };
  }
};

/** Thrown inside a route to leave it with a problem; the handler answers it. */
export class Refused extends Error {
  override readonly name = 'Refused';
  constructor(readonly problem: Problem) {
    super(problem.code);
  }
}
