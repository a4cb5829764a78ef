/** Every problem that the API answers, with its status and its title, which never varies (RFC 9457). */
export const PROBLEM_TYPES = {
  'body-malformed': [400, 'The body is not JSON in UTF-8'],
  'body-missing': [400, 'The request needs a JSON body'],
  'cursor-invalid': [400, 'The cursor is not valid here'],
  'header-malformed': [400, 'A header is malformed'],
  'if-match-unsupported': [400, 'This only creates'],
  'query-invalid': [400, 'The query is not valid'],
  'scope-missing': [403, 'The token lacks a scope'],
  'staff-inactive': [403, 'Not an active member of staff'],
  'order-not-found': [404, 'Order not found'],
  'route-not-found': [404, 'Nothing is at this path'],
  'method-not-allowed': [405, 'The method is not possible here'],
  'order-exists': [409, 'Another order has this id'],
  'order-unreadable': [409, 'The stored order cannot be read'],
  'transition-forbidden': [409, 'The status of the order does not allow this'],
  'version-stale': [412, 'The order has changed'],
  'body-too-large': [413, 'The body is too large'],
  'encoding-unsupported': [415, 'Send the body unencoded'],
  'media-type-unsupported': [415, 'Send JSON'],
  'body-invalid': [422, 'The body is not valid'],
  'id-invalid': [422, 'The id is not valid'],
  'order-invalid': [422, 'The order is not valid'],
  'if-match-required': [428, 'If-Match is required'],
  'internal-error': [500, 'Something went wrong on our side'],
  unavailable: [503, 'Try again in a moment'],
} as const satisfies Record<string, readonly [status: number, title: string]>;

export type ProblemCode = keyof typeof PROBLEM_TYPES;
