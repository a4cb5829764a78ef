import { compile, InvalidPatternError, matches, validate } from '../src/index.ts';

function refusal(pattern: unknown, options = {}): { path: string; reason: string } | undefined {
  try {
    compile(pattern, options);
    return undefined;
  } catch (error) {
    expect(error).toBeInstanceOf(InvalidPatternError);
    const { name, path, reason, message } = error as InvalidPatternError;
    expect(name).toBe('InvalidPatternError');
    expect(message).toBe(`${path}: ${reason}`);
    return { path, reason };
  }
}

const field = (alternative: unknown) => ({ detail: { status: [alternative] } });

describe('a pattern is refused, with the path of what is wrong', () => {
  it.each([
    ['a list', [], '$', /is an object/],
    ['a number', 7, '$', /is an object/],
    ['nothing', {}, '$', /empty/],
    ['an empty object', { detail: {} }, '$.detail', /empty/],
    ['an empty array', { detail: { status: [] } }, '$.detail.status', /empty/],
    ['a bare value', { source: 'shop' }, '$.source', /object or an array/],
    ['a bare value under an odd key', { 'a b': null }, '$["a b"]', /object or an array/],
    ['an array in an array', field([1]), '$.detail.status[0]', /a value is/],
    [
      'too many fields',
      Object.fromEntries(Array.from({ length: 257 }, (_, i) => [`k${i}`, [1]])),
      '$',
      /256 fields/,
    ],
  ])('%s', (_, pattern, path, reason) => {
    expect(refusal(pattern)).toEqual({ path, reason: expect.stringMatching(reason) as string });
  });

  it.each([
    [{}, '', /missing/],
    [{ like: 'x' }, '', /no operator "like"/],
    [{ prefix: 'a', suffix: 'b' }, '', /alone/],
    [{ exactly: 1 }, '.exactly', /string/],
    [{ prefix: 1 }, '.prefix', /string/],
    [{ prefix: {} }, '.prefix', /equals-ignore-case/],
    [{ prefix: { suffix: 'a' } }, '.prefix', /equals-ignore-case/],
    [{ suffix: { 'equals-ignore-case': 1 } }, '.suffix.equals-ignore-case', /string/],
    [{ suffix: { 'equals-ignore-case': 'a', x: 1 } }, '.suffix', /equals-ignore-case/],
    [{ 'equals-ignore-case': null }, '.equals-ignore-case', /string/],
    [{ wildcard: ['a'] }, '.wildcard', /string/],
    [{ wildcard: 'a**' }, '.wildcard', /two stars/],
    [{ wildcard: 'a\\' }, '.wildcard', /backslash/],
    [{ wildcard: 'a\\b' }, '.wildcard', /backslash/],
    [{ exists: 'true' }, '.exists', /true or false/],
    [{ exists: null }, '.exists', /true or false/],
    [{ numeric: 5 }, '.numeric', /array/],
    [{ numeric: [] }, '.numeric[1]', /number/],
    [{ numeric: ['=', '1'] }, '.numeric[1]', /number/],
    [{ numeric: ['!=', 1] }, '.numeric[0]', /one of/],
    [{ numeric: [1, 1] }, '.numeric[0]', /one of/],
    [{ numeric: [true, 1] }, '.numeric[0]', /one of/],
    [{ numeric: ['=', 1, '<', 2] }, '.numeric', /too many/],
    [{ numeric: ['>', 1, '<', 2, 3] }, '.numeric', /too many/],
    [{ numeric: ['>', 1, '>', 2] }, '.numeric[2]', /"<" or "<="/],
    [{ numeric: ['>', 1, 2, 3] }, '.numeric[2]', /"<" or "<="/],
    [{ numeric: ['>', 1, true, 3] }, '.numeric[2]', /"<" or "<="/],
    [{ numeric: ['>', 1, '<>', 2] }, '.numeric[2]', /one of/],
    [{ numeric: ['>', 1, '<'] }, '.numeric[3]', /number/],
    [{ numeric: ['>', 2, '<', 2] }, '.numeric', /not below/],
    [{ numeric: ['>', Number.MAX_VALUE] }, '.numeric[0]', /beyond/],
    [{ numeric: ['<=', -Number.MAX_VALUE] }, '.numeric[0]', /beyond/],
    [{ cidr: 8 }, '.cidr', /string/],
    [{ cidr: '10.0.0.0' }, '.cidr', /one "\/"/],
    [{ cidr: '10.0.0.0/8/9' }, '.cidr', /one "\/"/],
    [{ cidr: '10.0.0.0/x' }, '.cidr', /integer/],
    [{ cidr: '10.0.0.0/x8' }, '.cidr', /integer/],
    [{ cidr: '10.0.0.0/8x' }, '.cidr', /integer/],
    [{ cidr: '10.0.0.0/-1' }, '.cidr', /from 0 to 31/],
    [{ cidr: '10.0.0.0/32' }, '.cidr', /from 0 to 31/],
    [{ cidr: '::/128' }, '.cidr', /from 0 to 127/],
    [{ cidr: '10.0.0/8' }, '.cidr', /not an IP address/],
    [{ cidr: '/8' }, '.cidr', /not an IP address/],
    [{ 'anything-but': true }, '.anything-but', /strings and numbers/],
    [{ 'anything-but': [] }, '.anything-but', /empty/],
    [{ 'anything-but': ['a', 1] }, '.anything-but', /not mixed/],
    [{ 'anything-but': [['a']] }, '.anything-but[0]', /strings and numbers/],
    [{ 'anything-but': { exists: true } }, '.anything-but', /one of/],
    [{ 'anything-but': {} }, '.anything-but', /one of prefix, suffix, equals-ignore-case, wildcard$/],
    [{ 'anything-but': { prefix: 'a', suffix: 'b' } }, '.anything-but', /one of/],
    [{ 'anything-but': { prefix: '' } }, '.anything-but.prefix', /empty/],
    [{ 'anything-but': { suffix: ['a', ''] } }, '.anything-but.suffix[1]', /empty/],
    [{ 'anything-but': { 'equals-ignore-case': [1] } }, '.anything-but.equals-ignore-case[0]', /string/],
    [{ 'anything-but': { wildcard: '**' } }, '.anything-but.wildcard', /two stars/],
  ])('%j', (alternative, path, reason) => {
    const expected = { path: `$.detail.status[0]${path}`, reason: expect.stringMatching(reason) as string };
    expect(refusal(field(alternative))).toEqual(expected);
  });

  it.each([
    [{ $or: 'a' }, '$.$or', /at least two/],
    [{ $or: [{ a: [1] }] }, '$.$or', /at least two/],
    [{ $or: [{ a: [1] }, [1]] }, '$.$or[1]', /objects/],
    [{ $or: [{ a: [1] }, {}] }, '$.$or[1]', /empty/],
    [{ $or: [{ a: [1] }, { b: { numeric: [1] } }] }, '$.$or[1].b.numeric', /no field name/],
    [{ $or: [{ 'anything-but': { wildcard: 'a' } }] }, '$.$or', /at least two/],
    [{ $or: [1], a: [{ 'anything-but': { prefix: ['a'] } }] }, '$.$or', /at least two/],
  ])('%j', (pattern, path, reason) => {
    expect(refusal(pattern)).toEqual({ path, reason: expect.stringMatching(reason) as string });
  });

  it('for a number that cannot be compared', () => {
    expect(refusal('{"a": [{"numeric": ["=", 1e400]}]}')).toEqual({
      path: '$.a[0].numeric[1]',
      reason: '1e400 cannot be compared exactly',
    });
    expect(refusal('{"a": [{"anything-but": [9007199254740993]}]}')?.path).toBe('$.a[0].anything-but[0]');
  });
});

describe('limits', () => {
  const branches = (count: number) => ({
    $or: Array.from({ length: count }, (_, index) => ({ a: [index] })),
  });

  it('hold for the length of a pattern, as text and as a value', () => {
    const long = { a: ['x'.repeat(4090)] };
    expect(refusal(long)?.reason).toMatch(/longer than 4096/);
    expect(refusal(JSON.stringify(long))?.reason).toMatch(/longer than 4096/);
    expect(refusal(long, { maxLength: 5000 })).toBeUndefined();
    const exact = JSON.stringify(long).length;
    for (const pattern of [long, JSON.stringify(long)]) {
      expect(refusal(pattern, { maxLength: exact })).toBeUndefined();
      expect(refusal(pattern, { maxLength: exact - 1 })).toBeDefined();
    }
    // Of a text, the text counts: as a value this one is longer.
    expect(refusal('{"a":[1e20]}', { maxLength: 12 })).toBeUndefined();
  });

  it('hold for the branches of $or', () => {
    const tenThousand = { p: branches(10), q: branches(10), r: branches(10), s: branches(10) };
    expect(refusal(tenThousand)?.reason).toMatch(/more than 1000 branches/);
    expect(refusal(branches(3), { maxBranches: 2 })?.path).toBe('$.$or');
    expect(refusal(branches(2), { maxBranches: 2 })).toBeUndefined();
  });

  it('hold for the fields of each branch', () => {
    const fields = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, n) => [`k${n}`, [1]]));
    expect(refusal(fields(256))).toBeUndefined();
    expect(refusal({ $or: [{ a: [1] }, fields(257)] })?.reason).toMatch(/256 fields/);
  });

  it('let a number be all that a range has', () =>
    expect(refusal(field({ numeric: ['=', Number.MAX_VALUE] }))).toBeUndefined());

  it('hold for the stars in the wildcards of a field', () => {
    expect(refusal(field({ wildcard: '*a'.repeat(101) }))?.reason).toMatch(/100 stars/);
    expect(refusal(field({ 'anything-but': { wildcard: ['*a*', 'b*'] } }), { maxStars: 2 })?.reason).toMatch(
      /2 stars/,
    );
    expect(refusal(field({ 'anything-but': { wildcard: ['*a*', 'b*'] } }), { maxStars: 3 })).toBeUndefined();
  });
});

describe('the dialect of stream filters', () => {
  const esm = { dialect: 'esm' } as const;

  it.each([
    { wildcard: 'a*' },
    { cidr: '10.0.0.0/8' },
    { exactly: 'a' },
    { 'anything-but': { prefix: 'a' } },
  ])('has no %j', (alternative) =>
    expect(refusal(field(alternative), esm)?.reason).toMatch(/filters have no/),
  );

  it('has the rest', () => {
    const pattern = {
      eventName: ['INSERT', { prefix: 'MOD' }, { suffix: { 'equals-ignore-case': 'ify' } }],
      dynamodb: { NewImage: { pk: { S: [{ 'anything-but': ['x'] }] }, n: { N: [{ exists: false }] } } },
      $or: [{ a: [{ numeric: ['>', 1] }] }, { b: [{ 'equals-ignore-case': 'B' }] }],
    };
    const record = { eventName: 'INSERT', dynamodb: { NewImage: { pk: { S: 'y' } } }, a: 2 };
    expect(matches(pattern, record, esm)).toBe(true);
  });
});

describe('validate', () => {
  it('finds nothing wrong with a valid pattern', () => expect(validate({ a: [1] })).toEqual([]));

  it('lists everything that is wrong', () => {
    const problems = validate({ a: 1, b: { c: [{ like: 1 }], d: [] }, e: [1] });
    expect(problems.map(({ path }) => path)).toEqual(['$.a', '$.b.c[0]', '$.b.d']);
    expect(validate('{"a": ')).toEqual([{ path: '$', reason: expect.stringMatching(/^not JSON/) as string }]);
  });
});
