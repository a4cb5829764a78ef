import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { check, currentSchemas } from '../../events/compatibility/check.ts';
import { releases, tampered } from '../../events/compatibility/released.ts';
import { documentedPatterns } from '../../events/documented-patterns.ts';
import type { JsonSchema } from '../../events/json-schema.ts';
import { samples } from '../../events/samples.ts';
import { matches } from '../../packages/event-pattern/src/index.ts';
import { orderEvent } from '../../packages/order-events/src/validators.ts';
import { complaintsOf, ROOT } from './evidence.ts';

const released = releases();
const last = released.at(-1);
if (!last) throw new Error('nothing was released');

const part = (schema: JsonSchema | undefined, name: string): JsonSchema => schema?.$defs?.[name] ?? {};
const orderOf = (schemas: ReturnType<typeof currentSchemas>, type = 'OrderCancelled' as const): JsonSchema =>
  part(schemas[type], 'Order');

describe('what was released', () => {
  it('given the kept files, then nobody touched them', () => {
    expect(tampered()).toEqual([]);
    expect(released.map(({ version }) => version)).toContain('1.0');
  });

  it('given the contract as it is, then whoever subscribed to the last release can live with it', () => {
    expect(check(last).refusal).toBeUndefined();
  });

  it.each(released)(
    'given the samples of $version, then they are still events, by validator and schema',
    ({ samples: kept, schemas }) => {
      const current = currentSchemas();
      expect(kept.length).toBeGreaterThan(0);
      for (const { type, name, event } of kept) {
        const now = current[type];
        const complaints = [
          ...(orderEvent.safeParse(event).success ? [] : ['the validator']),
          ...complaintsOf(schemas[type] ?? {}, event),
          ...(now ? complaintsOf(now, event, { open: true }) : ['the event is gone']),
        ];
        expect([type, name, complaints]).toEqual([type, name, []]);
      }
    },
  );

  it.each(released)(
    'given the patterns of $version, then they find what they found, and so do those of today',
    async ({ samples: kept, patterns }) => {
      const today = new Map(documentedPatterns(await samples()).map(({ wish, pattern }) => [wish, pattern]));
      for (const { wish, pattern, matches: found } of patterns) {
        const now = kept
          .filter(({ event }) => matches(pattern, event))
          .map(({ type, name }) => `${type}/${name}`);
        expect([wish, now.sort()]).toEqual([wish, found.toSorted()]);
        const rewritten = today.get(wish);
        if (!rewritten) continue;
        const again = kept
          .filter(({ event }) => matches(rewritten, event))
          .map(({ type, name }) => `${type}/${name}`);
        expect([wish, again.sort()]).toEqual([wish, now]);
      }
    },
  );

  it.each(released)(
    'given the patterns of $version, then today they find the same changes as they were published',
    async ({ samples: kept, patterns }) => {
      const today = await samples();
      for (const { type, name } of kept) {
        const event = today.find((each) => each.type === type && each.name === name)?.event;
        const found = patterns
          .filter(({ pattern }) => event && matches(pattern, event))
          .map(({ wish }) => wish);
        const due = patterns
          .filter((each) => each.matches.includes(`${type}/${name}`))
          .map(({ wish }) => wish);
        expect([type, name, found]).toEqual([type, name, due]);
      }
    },
  );

  it.each<[string, (schemas: ReturnType<typeof currentSchemas>) => void, string]>([
    [
      'a field is removed',
      (now) => delete orderOf(now).properties?.['note'],
      'detail.data.order.note is gone',
    ],
    [
      'a field is not always there any more',
      (now) => (orderOf(now).required = ['orderId']),
      'detail.data.order.amount was always there, and is not now',
    ],
    [
      'a type changes',
      (now) =>
        (part(now.OrderCreated, 'OrderItem').properties = {
          ...part(now.OrderCreated, 'OrderItem').properties,
          quantity: { type: 'string' },
        }),
      'detail.data.order.items[].quantity may be string now',
    ],
    [
      'a field may be null',
      (now) =>
        (part(now.OrderCreated, 'Order').properties = {
          ...part(now.OrderCreated, 'Order').properties,
          currency: { type: ['string', 'null'] },
        }),
      'detail.data.order.currency may be null now',
    ],
    [
      'a value goes',
      (now) =>
        (part(now.OrderExpired, 'Order').properties = {
          ...part(now.OrderExpired, 'Order').properties,
          status: { anyOf: [{ type: 'string', enum: ['PENDING'] }, { type: 'string' }] },
        }),
      'detail.data.order.status is never "CONFIRMED" any more',
    ],
    [
      'a closed value changes',
      (now) =>
        (part(now.OrderShipped, 'Order').properties = {
          ...part(now.OrderShipped, 'Order').properties,
          status: { type: 'string', const: 'SENT' },
        }),
      'detail.data.order.status may be "SENT" now, and the list was closed',
    ],
    ['an event goes', (now) => delete now.OrderRestored, 'the event is gone'],
  ])('given that %s, then it is refused, and named', (_, breaking, what) => {
    const schemas = structuredClone(currentSchemas());
    breaking(schemas);
    const { differences, refusal } = check(last, { version: '9.9', schemas });
    const found = differences
      .filter(({ effect }) => effect === 'breaking')
      .map(({ path: at, what: why }) => `${at} ${why}`.trim());
    expect(found).toContain(what);
    expect(refusal).toMatch(/break whoever subscribed to \d+\.\d+/);
  });

  it('given an addition, then it is minor: it passes with a later version, and not without', () => {
    const schemas = structuredClone(last.schemas);
    const order = orderOf(schemas);
    order.properties = { ...order.properties, giftWrap: { type: 'boolean' } };
    const again = check(last, { version: last.version, schemas });
    expect(again.differences).toEqual([
      { type: 'OrderCancelled', path: 'detail.data.order.giftWrap', effect: 'minor', what: 'is new' },
    ]);
    expect(again.refusal).toContain('raise SCHEMA_VERSION');
    expect(check(last, { version: last.version.replace(/\d+$/, '99'), schemas }).refusal).toBeUndefined();
  });

  it('given other words for a field, then it is a patch, and passes as it is', () => {
    const schemas = structuredClone(last.schemas);
    orderOf(schemas).description = 'In other words';
    const { differences, refusal } = check(last, { version: last.version, schemas });
    expect(differences.map(({ effect }) => effect)).toEqual(['patch']);
    expect(refusal).toBeUndefined();
  });
});

describe('npm run events -- check', () => {
  it('given the contract as it is, then it says so, and ends well', () => {
    const { stdout, status } = spawnSync(
      process.execPath,
      ['--import', 'tsx', path.join('events', 'main.ts'), 'check'],
      {
        cwd: ROOT,
        encoding: 'utf8',
      },
    );
    expect({ stdout, status }).toMatchObject({ status: 0 });
    expect(stdout).not.toContain('breaking');
  });
});
