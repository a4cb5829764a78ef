import fc from 'fast-check';
import { type RouteDependencies, routes } from '../../src/adapters/api-gateway/routes.ts';
import { ADMIN, FORMER_STAFF, OWNER, type Request, STAFF, STRANGER } from '../support/api.ts';
import { unicodeText } from '../support/unicode-text.ts';

const routeKeys = [
  ...Object.keys(routes({} as RouteDependencies)),
  'TRACE /orders',
  'OPTIONS /users',
  'GET /nothing',
  'POST /docs',
];

/** Mostly what the field is for, sometimes what is near it, sometimes anything. */
const mostly = <T, U, V>(usual: fc.Arbitrary<T>, near: fc.Arbitrary<U>, odd: fc.Arbitrary<V>) =>
  fc.oneof({ weight: 20, arbitrary: usual }, { weight: 2, arbitrary: near }, { weight: 1, arbitrary: odd });

const anyText = fc.oneof(unicodeText({ maxLength: 80 }), fc.string({ maxLength: 3000 }));
const maybe = <T>(value: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, { weight: 2, arbitrary: value });
const without = (fields: object) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Record<
    string,
    string
  >;

const path = fc.record({
  customerId: mostly(
    fc.constantFrom('C101', 'C102'),
    fc.constantFrom('', 'a b', '../x', 'x'.repeat(65)),
    anyText,
  ),
  orderId: mostly(fc.stringMatching(/^O[0-9]{1,2}$/), fc.constantFrom('é', '%2F', '__proto__'), anyText),
  userId: mostly(
    fc.constantFrom('U1002', 'U1003', 'auth0|7'),
    fc.constantFrom('a/b', ' ', 'x'.repeat(256)),
    anyText,
  ),
});

const query = fc
  .record({
    limit: maybe(
      mostly(fc.constantFrom('1', '2', '100'), fc.constantFrom('0', '-1', '1e3', '999999999'), anyText),
    ),
    cursor: maybe(mostly(fc.base64String(), fc.constantFrom('', 'AAAA', '.', 'a.b.c'), anyText)),
    order: maybe(mostly(fc.constantFrom('asc', 'desc'), fc.constant('ASC'), anyText)),
    status: maybe(mostly(fc.constantFrom('PENDING', 'SHIPPED'), fc.constant('pending'), anyText)),
    date: maybe(mostly(fc.constant('2026-11-22'), fc.constantFrom('2026-02-30', '9999-12-31'), anyText)),
    from: maybe(mostly(fc.constantFrom('00:00', '23:59:59'), fc.constant('24:00'), anyText)),
    to: maybe(mostly(fc.constantFrom('12:00', '23:59:59.999'), fc.constant('1:0'), anyText)),
    consistent: maybe(mostly(fc.constantFrom('true', 'false'), fc.constant('1'), anyText)),
    __proto__x: maybe(anyText),
  })
  .map(without);

const tag = mostly(
  fc.constantFrom('*', '"1"', '"2"', '"1", "2"'),
  fc.constantFrom('W/"1"', '1', '"1'),
  anyText,
);
const headers = fc
  .record({
    'if-match': maybe(tag),
    'if-none-match': maybe(tag),
    'idempotency-key': maybe(mostly(fc.constantFrom('k1', 'k2', '"k3"'), fc.constant('"k'), anyText)),
    'x-correlation-id': maybe(mostly(fc.uuid(), fc.constant('a\r\nb: c'), anyText)),
    traceparent: maybe(
      mostly(fc.constant(`00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`), fc.constant('00-0-0-00'), anyText),
    ),
    accept: maybe(mostly(fc.constant('*/*'), fc.constantFrom('text/*', 'application/json;q=0'), anyText)),
    'content-type': maybe(
      mostly(
        fc.constantFrom('application/json', 'application/merge-patch+json'),
        fc.constant('text/xml'),
        anyText,
      ),
    ),
    'content-encoding': maybe(mostly(fc.constant('identity'), fc.constant('gzip'), anyText)),
  })
  .map(without);

const number = mostly(fc.nat(1000), fc.constantFrom(-1, 0.5, 2 ** 53, 1e308, -0), fc.double({ noNaN: true }));
const text = mostly(
  fc.string({ maxLength: 20 }),
  fc.constantFrom('', 'x'.repeat(1001), '\ud800', '\u0000'),
  anyText,
);
const item = fc.record({ sku: text, quantity: number, unitAmount: number, more: maybe(fc.jsonValue()) });
const valid = {
  amount: number,
  currency: mostly(fc.constantFrom('USD', 'EUR'), fc.constantFrom('usd', 'QQQ', 'XXX'), anyText),
  items: fc.oneof(
    fc.array(item, { maxLength: 4 }),
    fc.constant(null),
    fc.array(item, { minLength: 101, maxLength: 101 }),
  ),
  note: fc.oneof(text, fc.constant(null)),
  reason: text,
  trackingNumber: text,
  name: text,
  role: text,
  active: fc.oneof(fc.boolean(), fc.constantFrom('true', null)),
  version: number,
  status: text,
};

const fields = fc
  .tuple(fc.subarray(Object.keys(valid) as (keyof typeof valid)[], { maxLength: 4 }), fc.record(valid))
  .map(([names, values]) => Object.fromEntries(names.map((name) => [name, values[name]])));
const create = fc.record(
  { amount: fc.nat(), note: fc.string({ minLength: 1, maxLength: 9 }) },
  { requiredKeys: ['amount'] },
);
const profile = fc.record({
  name: fc.constant('Ada'),
  role: fc.constantFrom('Clerk', 'Cook'),
  active: fc.boolean(),
});
const deep = fc.integer({ min: 1, max: 20_000 }).map((depth) => '['.repeat(depth) + ']'.repeat(depth));
const usual = (routeKey: string) =>
  routeKey.includes('/users') ? profile : routeKey.startsWith('P') ? create : fc.constant({});
const jsonFor = (routeKey: string) =>
  fc
    .oneof(
      { weight: 4, arbitrary: usual(routeKey) },
      { weight: 2, arbitrary: fields },
      { weight: 1, arbitrary: fc.jsonValue() },
    )
    .map((value) => JSON.stringify(value));
const bytes = fc.uint8Array({ maxLength: 60 }).map((array) => Buffer.from(array).toString('base64'));

const bodyFor = (routeKey: string) => {
  const json = jsonFor(routeKey);
  const cut = fc.tuple(json, fc.nat(40)).map(([whole, at]) => whole.slice(0, at));
  return fc.oneof(
    { weight: 12, arbitrary: json.map((raw) => ({ raw })) },
    { weight: 4, arbitrary: json.map((raw) => ({ raw: Buffer.from(raw).toString('base64'), base64: true })) },
    { weight: 1, arbitrary: cut.map((raw) => ({ raw })) },
    { weight: 1, arbitrary: bytes.map((raw) => ({ raw, base64: true })) },
    { weight: 1, arbitrary: anyText.map((raw) => ({ raw, base64: false })) },
    { weight: 1, arbitrary: deep.map((raw) => ({ raw })) },
    { weight: 3, arbitrary: fc.constant({}) },
  );
};

const claims = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(OWNER, STAFF, ADMIN) },
  { weight: 2, arbitrary: fc.constantFrom(STRANGER, FORMER_STAFF, undefined) },
  {
    weight: 1,
    arbitrary: fc.record({
      sub: anyText,
      scope: fc.constantFrom('orders/staff', 'orders/customer', 'x'),
      customer_id: anyText,
    }),
  },
);

const queryOf = (routeKey: string) =>
  fc.oneof(
    { weight: routeKey.startsWith('GET ') ? 3 : 15, arbitrary: fc.constant({}) },
    { weight: 2, arbitrary: query },
  );
/** Mostly one who may, so that the fuzz gets past the door. */
const claimsOf = (routeKey: string) =>
  fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...(routeKey.includes('/users') ? [ADMIN] : [OWNER, STAFF])) },
    { weight: 1, arbitrary: claims },
  );

const anything: fc.Arbitrary<Request> = fc.constantFrom(...routeKeys).chain((routeKey) =>
  fc
    .record({
      routeKey: fc.constant(routeKey),
      path,
      query: queryOf(routeKey),
      headers: fc.oneof(
        { weight: 2, arbitrary: fc.constant({ 'if-match': '*' }) },
        { weight: 1, arbitrary: fc.constant({}) },
        { weight: 2, arbitrary: headers },
      ),
      body: bodyFor(routeKey),
      claims: claimsOf(routeKey),
    })
    .map(({ body: sent, ...rest }) => ({ ...rest, ...sent })),
);

/** Nothing wrong with it: something is always written, for the others to meet. */
const creations = fc.tuple(fc.constantFrom('C101', 'C102'), create).map(([customerId, body]): Request => ({
  routeKey: 'POST /customers/{customerId}/orders',
  path: { customerId },
  headers: { 'content-type': 'application/json' },
  raw: JSON.stringify(body),
  claims: STAFF,
}));

export const requests: fc.Arbitrary<Request> = fc.oneof(
  { weight: 15, arbitrary: anything },
  { weight: 1, arbitrary: creations },
);
