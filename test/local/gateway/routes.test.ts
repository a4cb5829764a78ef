import fc from 'fast-check';
import { matchRoute, moreSpecific, parseRouteKey } from '../../../local/gateway/routes.ts';

const routesOf = (...keys: string[]) => keys.map((key) => ({ key, pattern: parseRouteKey(key) }));

describe('the route of a request', () => {
  const routes = routesOf(
    '$default',
    'ANY /{proxy+}',
    'GET /pets/{proxy+}',
    'GET /pets/dog/{id}',
    'GET /pets/dog/1',
    'ANY /pets/dog/1',
    'POST /pets/{kind}/{id}',
    'GET /',
  );

  test.each([
    ['GET', '/pets/dog/1', 'GET /pets/dog/1', {}],
    ['PUT', '/pets/dog/1', 'ANY /pets/dog/1', {}],
    ['GET', '/pets/dog/2', 'GET /pets/dog/{id}', { id: '2' }],
    ['GET', '/pets/cat/2', 'GET /pets/{proxy+}', { proxy: 'cat/2' }],
    ['POST', '/pets/dog/2', 'POST /pets/{kind}/{id}', { kind: 'dog', id: '2' }],
    ['POST', '/pets', 'ANY /{proxy+}', { proxy: 'pets' }],
    ['GET', '/pets/', 'ANY /{proxy+}', { proxy: 'pets/' }],
    ['GET', '/', 'GET /', {}],
    ['POST', '/', '$default', {}],
  ])('%s %s is %s', (method, path, key, pathParameters) => {
    expect(matchRoute(routes, method, path)).toMatchObject({ route: { key }, pathParameters });
  });

  test('decodes path parameters, and a slash in one does not split it', () => {
    const found = matchRoute(routesOf('GET /customers/{id}/orders'), 'GET', '/customers/C%201%2Fx/orders');
    expect(found?.pathParameters).toEqual({ id: 'C 1/x' });
  });

  test('does not take an empty segment for a parameter', () => {
    expect(matchRoute(routesOf('GET /customers/{id}'), 'GET', '/customers/')).toBeUndefined();
    expect(matchRoute(routesOf('GET /{proxy+}'), 'GET', '/')).toBeUndefined();
  });
});

const segment = fc.constantFrom('a', 'b', '{x}');
const key = fc.oneof(
  fc.constant('$default'),
  fc
    .tuple(fc.constantFrom('GET', 'POST', 'ANY'), fc.array(segment, { maxLength: 3 }), fc.boolean())
    .map(
      ([method, segments, greedy]) => `${method} /${[...segments, ...(greedy ? ['{rest+}'] : [])].join('/')}`,
    ),
);
const keys = fc.uniqueArray(key, { maxLength: 12 });
const path = fc
  .array(fc.constantFrom('a', 'b', 'c'), { maxLength: 4 })
  .map((segments) => `/${segments.join('/')}`);

describe('precedence', () => {
  test('is the same whatever order the routes stand in', () => {
    fc.assert(
      fc.property(
        keys.chain((list) =>
          fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
        ),
        path,
        ([list, shuffled], given) => {
          const found = (order: string[]) => matchRoute(routesOf(...order), 'GET', given)?.route.key;
          expect(found(shuffled)).toBe(found(list));
        },
      ),
    );
  });

  test('finds a route exactly where one matches alone, and none that matches is more specific', () => {
    fc.assert(
      fc.property(keys, path, (list, given) => {
        const matching = list.filter((one) => matchRoute(routesOf(one), 'GET', given));
        const found = matchRoute(routesOf(...list), 'GET', given)?.route;
        expect(found === undefined).toBe(matching.length === 0);
        for (const { pattern } of routesOf(...matching))
          expect(moreSpecific(pattern, found!.pattern)).toBe(false);
      }),
    );
  });

  test('puts full matches before greedy ones before $default', () => {
    const level = (one: string) => (one === '$default' ? 2 : one.endsWith('+}') ? 1 : 0);
    fc.assert(
      fc.property(keys, path, (list, given) => {
        const matching = list.filter((one) => matchRoute(routesOf(one), 'GET', given));
        const found = matchRoute(routesOf(...list), 'GET', given)?.route.key;
        if (found) expect(level(found)).toBe(Math.min(...matching.map(level)));
      }),
    );
  });
});
