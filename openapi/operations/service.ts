import type { Operation } from '../operation.ts';

const open = { tag: 'Service', as: 'anyone', scopes: [], problems: [] } as const;

export const service: readonly Operation[] = [
  {
    ...open,
    route: 'GET /health',
    operationId: 'getHealth',
    summary: 'Whether the API answers',
    answers: { 200: { description: 'It does', schema: 'Health' } },
    examples: { ok: { summary: 'It does', answers: { status: 200, body: { status: 'ok' } } } },
  },
];
