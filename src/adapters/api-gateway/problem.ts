import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { ChangeRefusal } from '../../application/change-order.ts';
import type { InvalidCursor } from '../../application/ports.ts';

export interface ProblemError {
  pointer?: string;
  parameter?: string;
  code: string;
  detail: string;
}

/** RFC 9457, with a stable `code`; `type` is the code as a relative reference. */
export interface Problem {
  status: number;
  code: string;
  title: string;
  detail?: string;
  errors?: ProblemError[];
  extra?: Record<string, unknown>;
  headers?: Record<string, string>;
}

export const problemResponse = (
  problem: Problem,
  correlationId: string,
): APIGatewayProxyStructuredResultV2 => {
  const { status, code, title, detail, errors, extra, headers } = problem;
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

export const invalidQuery = (errors: ProblemError[]): Problem => ({
  status: 400,
  code: 'query-invalid',
  title: 'The query is not valid',
  errors,
});

export const forbidden = (code: string, title: string, detail: string): Problem => ({
  status: 403,
  code,
  title,
  detail,
});

/** The inside's refusals in the words of HTTP: the one place that knows both. */
export const problemOf = (refusal: ChangeRefusal | InvalidCursor, exists: 409 | 412 = 409): Problem => {
  switch (refusal.code) {
    case 'order-not-found':
      return { status: 404, code: refusal.code, title: 'Order not found' };
    case 'order-exists':
      return {
        status: exists,
        code: refusal.code,
        title: 'Another order has this id',
        detail: 'An order with this id exists and was created by a different request.',
      };
    case 'transition-forbidden': {
      const { transition, status, allowed } = refusal;
      const others =
        allowed.length > 0 ? `Allowed now: ${allowed.join(', ')}.` : 'Nothing leads on from here.';
      return {
        status: 409,
        code: refusal.code,
        title: `Cannot ${transition} this order`,
        detail: `The order is ${status}. ${others}`,
        extra: { orderStatus: status, allowedTransitions: allowed },
      };
    }
    case 'version-stale':
      return {
        status: 412,
        code: refusal.code,
        title: 'The order has changed',
        detail: `If-Match names another version than the current one, ${refusal.current}. Read it and try again.`,
        headers: { etag: `"${refusal.current}"` },
      };
    case 'order-invalid':
      return {
        status: 422,
        code: refusal.code,
        title: 'The order is not valid',
        errors: refusal.problems.map(({ field, code, detail }) => ({ pointer: `/${field}`, code, detail })),
      };
    case 'cursor-invalid':
      return {
        status: 400,
        code: refusal.code,
        title: 'The cursor is not valid here',
        detail: 'Use the cursor of a page with the same path, filters and order.',
        errors: [{ parameter: 'cursor', code: refusal.code, detail: 'not a cursor of this list' }],
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
