import { PROBLEM_TYPES, type ProblemCode } from '../src/adapters/api-gateway/problem-types.ts';
import type { Step } from './operation.ts';

/** What examples speak of: one order of one customer. Times, new ids and cursors are samples of their kind. */
export const PATH = { customerId: 'C101', orderId: 'O5001' };
export const NEW_ID = 'O01KAPQ4R4Z8QW3T5V7X9B2D4F6';
export const CREATED_AT = '2026-11-22T10:00:00.000Z';
export const UPDATED_AT = '2026-11-22T10:05:00.000Z';
const CORRELATION_ID = '1f0e3dad-9990-4b6a-8d5c-3b1c6a1f2e4d';
export const CURSOR = 'eyJ2IjoxLCJrIjoiTzUwMDEifQ';

const TRANSITIONS_OF = {
  PENDING: ['confirm', 'cancel'],
  CONFIRMED: ['ship', 'cancel'],
  SHIPPED: ['deliver'],
  DELIVERED: [],
  CANCELLED: [],
} as const;

interface SampleOrder {
  orderId?: string;
  amount?: number;
  status?: keyof typeof TRANSITIONS_OF;
  version?: number;
  [field: string]: unknown;
}

export const order = ({ status = 'PENDING', version = 1, ...fields }: SampleOrder = {}) => ({
  ...PATH,
  amount: 1999,
  currency: 'USD',
  ...fields,
  status,
  createdAt: CREATED_AT,
  updatedAt: version === 1 ? CREATED_AT : UPDATED_AT,
  version,
  allowedTransitions: TRANSITIONS_OF[status],
});

export const page = (
  self: string,
  orders: ReturnType<typeof order>[],
  rest: Record<string, unknown> = {},
) => ({
  items: orders.map((one) => ({ ...one, etag: `"${one.version}"` })),
  mayLag: true,
  self,
  ...rest,
});

export const problem = (code: ProblemCode, rest: Record<string, unknown> = {}) => {
  const [status, title] = PROBLEM_TYPES[code];
  return { type: `/problems/${code}`, title, status, code, ...rest, correlationId: CORRELATION_ID };
};

export const created: Step = { operationId: 'putOrder', as: 'owner', path: PATH, body: { amount: 1999 } };
export const keyed = {
  operationId: 'createOrder',
  as: 'owner',
  path: { customerId: 'C101' },
  headers: { 'Idempotency-Key': '"8e03978e-40d5-43e8-bc93-6894a57f9324"' },
  body: { amount: 1999 },
} as const satisfies Step;
export const moved = (operationId: string, path = PATH): Step => ({ operationId, as: 'staff', path });
export const confirmed: readonly Step[] = [created, moved('confirmOrder')];
export const shipped: readonly Step[] = [...confirmed, moved('shipOrder')];
export const deleted: readonly Step[] = [created, { operationId: 'deleteOrder', as: 'owner', path: PATH }];

export const USER_PATH = { userId: 'U1007' };
const USER_VERSION = 1795341600000;

export const user = ({
  changed = false,
  ...fields
}: { changed?: boolean; [field: string]: unknown } = {}) => ({
  ...USER_PATH,
  name: 'Ada',
  role: 'Clerk',
  active: true,
  ...fields,
  version: changed ? USER_VERSION + 1 : USER_VERSION,
  createdAt: CREATED_AT,
  updatedAt: changed ? UPDATED_AT : CREATED_AT,
  updatedBy: 'U1003',
});

export const userCreated: Step = {
  operationId: 'putUser',
  as: 'admin',
  path: USER_PATH,
  body: { name: 'Ada', role: 'Clerk', active: true },
};
