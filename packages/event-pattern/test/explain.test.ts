import { compile, explain } from '../src/index.ts';

describe('explain', () => {
  it('says of every alternative what was found and whether it is met', () => {
    const pattern = {
      source: ['shop'],
      detail: { status: ['PAID', { prefix: 'SH' }], gift: [{ exists: false }] },
    };
    expect(explain(pattern, { source: 'shop', detail: { status: 'SHIPPED' } })).toEqual({
      matched: true,
      reason: null,
      clauses: [
        { branch: 0, path: 'detail.gift', operator: 'exists', expected: false, actual: [], verdict: 'met' },
        {
          branch: 0,
          path: 'detail.status',
          operator: 'equals',
          expected: 'PAID',
          actual: ['SHIPPED'],
          verdict: 'missed',
        },
        {
          branch: 0,
          path: 'detail.status',
          operator: 'prefix',
          expected: 'SH',
          actual: ['SHIPPED'],
          verdict: 'met',
        },
        { branch: 0, path: 'source', operator: 'equals', expected: 'shop', actual: ['shop'], verdict: 'met' },
      ],
    });
  });

  it.each([
    [{ a: ['x'] }, { a: 'y' }, 'a is "y", wanted "x"'],
    [{ a: ['x', null] }, {}, 'a is absent, wanted "x", null'],
    [{ a: [{ exists: false }] }, { a: 1 }, 'a is 1, wanted exists false'],
    [{ a: [{ exists: false }] }, { a: [{}, 1, 2] }, 'a is 1, 2, wanted exists false'],
    [
      { a: [{ numeric: ['>', 5] }] },
      { a: [1, 2, 3, 4, 5, 0, -1] },
      'a is 1, 2, 3, 4, 5 and 2 more, wanted numeric [">",5]',
    ],
    [
      { a: [{ 'anything-but': { prefix: 'x' } }] },
      { a: 'xy' },
      'a is "xy", wanted anything-but {"prefix":"x"}',
    ],
    [{ long: ['value'], b: [1] }, { long: 'other', b: 2 }, 'b is 2, wanted 1'],
    [{ a: ['a long value'], b: [1] }, { a: 'another', b: 2 }, 'b is 2, wanted 1'],
    [{ a: [0] }, { a: [1, 2, 3, 4, 5] }, 'a is 1, 2, 3, 4, 5, wanted 0'],
    [{ a: [1] }, '{"a": 1e400}', 'a is "1e400", wanted 1'],
    [{ $or: [{ a: [1], b: [1] }, { c: [1] }] }, { a: 2, b: 2, c: 2 }, 'c is 2, wanted 1'],
    [
      {
        $or: [
          { a: [1], b: [1] },
          { c: [1], d: [1] },
        ],
      },
      { a: 1, b: 2 },
      'b is 2, wanted 1',
    ],
  ])('gives the shortest reason why %j misses %j', (pattern, event, reason) => {
    expect(explain(pattern, event)).toMatchObject({ matched: false, reason });
  });

  it('tells when values are in different elements of an array', () => {
    const explanation = compile({ all: [1], items: { sku: ['A'], qty: [2] } }).explain({
      all: 1,
      items: [{ sku: 'A' }, { qty: 2 }],
    });
    expect(explanation.reason).toBe('no one array element meets items.qty and items.sku');
    expect(explanation.clauses.map(({ verdict }) => verdict)).toEqual(['met', 'elsewhere', 'elsewhere']);
  });

  it('says of each event what that one has, and of no earlier one', () => {
    const matcher = compile({ a: [0] });
    matcher.explain({ a: [1, 2, 3] });
    const { reason, clauses } = matcher.explain({ a: [4] });
    expect(reason).toBe('a is 4, wanted 0');
    expect(clauses[0]?.actual).toEqual([4]);
  });

  it('tells absent fields from those with other values', () => {
    const { clauses } = explain({ a: [1], b: [1] }, { b: 2 });
    expect(clauses.map(({ verdict }) => verdict)).toEqual(['absent', 'missed']);
  });

  it('numbers the branches of $or', () => {
    const { clauses, matched } = explain({ $or: [{ a: [1] }, { b: [1] }] }, { b: 1 });
    expect(matched).toBe(true);
    expect(clauses.map(({ branch, verdict }) => [branch, verdict])).toEqual([
      [0, 'absent'],
      [1, 'met'],
    ]);
  });
});
