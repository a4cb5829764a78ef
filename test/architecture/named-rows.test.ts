import { readFileSync } from 'node:fs';
import path from 'node:path';
import { testTitles, titlesIn } from './test-titles.ts';

const ROOT = path.join(__dirname, '../..');
const rowsOf = (file: string): string[] =>
  [...readFileSync(path.join(ROOT, 'docs', file), 'utf8').matchAll(/^\| (\d\.\d [^|]+?) +\|/gm)].map(
    ([, row = '']) => row,
  );

const numbered = testTitles().flatMap((title) => /^(\d\.\d .+?): ./.exec(title)?.[1] ?? []);
const rows = [...rowsOf('common-bugs.md'), ...rowsOf('local-aws.md')];

describe('the rows that our tests are named after', () => {
  test('given a row of the documents, then exactly one test bears its name', () => {
    expect(rows.length).toBeGreaterThan(0);
    expect(numbered.toSorted()).toEqual(rows.toSorted());
  });

  test('given the bugs of others, then all twenty-four are there', () => {
    const numbers = rowsOf('common-bugs.md').map((row) => Number(/^7\.0 #(\d+) /.exec(row)?.[1]));
    expect(numbered.length).toBeGreaterThanOrEqual(24);
    expect(numbers).toEqual(Array.from({ length: 24 }, (_, index) => index + 1));
  });
});

describe('the titles of tests', () => {
  test('given tests that run, then theirs are found; given one that is skipped or in a comment, then not', () => {
    const source = `
      describe('d', () => {
        test('1.4 a: x', () => undefined);
        it.each([['b', 1], ['c', 2]])('1.4 %s: x', () => undefined);
        it.each(['v', 'w'])('1.4 d: %s', () => undefined);
        test.skip('1.4 e: x', () => undefined);
        // test('1.4 f: x', () => undefined);
      });`;
    expect(titlesIn(source)).toEqual(['1.4 a: x', '1.4 b: x', '1.4 c: x', '1.4 d: %s']);
  });
});
