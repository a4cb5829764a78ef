import fc from 'fast-check';

const SURROGATES = { first: 0xd800, count: 0x800 };

const characterAt = (place: number): string =>
  String.fromCodePoint(place < SURROGATES.first ? place : place + SURROGATES.count);

const placeOf = (value: unknown): number => {
  const point = String(value).codePointAt(0) ?? 0;
  const place = point < SURROGATES.first ? point : point - SURROGATES.count;
  if (characterAt(place) !== value) throw new Error('Not one character');
  return place;
};

/** fast-check's own arbitrary of all characters makes a table of a million of them in each test file: seconds. */
const character = fc.nat({ max: 0x10ffff - SURROGATES.count }).map(characterAt, placeOf);

/** Text of any characters of Unicode, `__proto__` and the like among it. */
export const unicodeText = (lengths: { minLength?: number; maxLength?: number } = {}): fc.Arbitrary<string> =>
  fc.string({ unit: character, ...lengths });
