import assert from 'node:assert/strict';
import type { Contender } from './contender.ts';
import { CONTENT, PAGE, type Subject } from './contestants.ts';

type Fields = Record<string, unknown>;

const ordersOf = (answer: unknown): Fields[] =>
  Array.isArray(answer) ? (answer as Fields[]) : (answer as { items: Fields[] }).items;

/** The same for all: what was created is read back whole, listed, and cancelled once only. */
export const check = async ({ contestant, run }: Contender): Promise<void> => {
  const says = (what: string) => `${contestant.name}: ${what}`;
  const customerId = `check-${contestant.name}`;
  const subjects = Array.from({ length: PAGE }, (_, n): Subject => ({ customerId, orderId: `O${100 + n}` }));
  const [first] = subjects as [Subject];
  await run('create', subjects);

  const { answer } = await run('read', [first]);
  const { amount, currency, status, items, note, version, createdAt, updatedAt } = answer as Fields;
  assert.deepEqual(
    { amount, currency, status, items, note, version },
    { ...CONTENT, currency: 'USD', status: 'PENDING', version: 1 },
    says('an order is read as it was created'),
  );
  assert.ok(createdAt && updatedAt, says('with the times of its creation and its last change'));

  const page = ordersOf((await run('list', [first])).answer);
  assert.deepEqual(
    page.map(({ orderId }) => orderId),
    subjects.map(({ orderId }) => orderId),
    says('a customer has the orders that were created'),
  );

  const cancelled = (await run('cancel', [first])).answer as Fields;
  assert.deepEqual(
    [cancelled['status'], cancelled['version']],
    ['CANCELLED', 2],
    says('an order is cancelled'),
  );
  // Refused, or answered as the first time.
  await run('cancel', [first]).catch(() => undefined);
  const after = (await run('read', [first])).answer as Fields;
  assert.deepEqual([after['status'], after['version']], ['CANCELLED', 2], says('once only'));

  if (contestant.requests['create once'] === undefined) return;
  const once = { customerId, orderId: 'once' };
  const answers = [await run('create once', [once]), await run('create once', [once])];
  const [id, again] = answers.map((each) => (each.answer as Fields)['orderId']);
  assert.equal(again, id, says('a repeated key makes no second order'));
};
