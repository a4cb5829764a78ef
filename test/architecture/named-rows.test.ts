import { readFileSync } from 'node:fs';
import path from 'node:path';
import { testTitles, titlesIn } from './test-titles.ts';

const ROOT = path.join(__dirname, '../..');
const rowsOf = (file: string): string[] =>
  [...readFileSync(path.join(ROOT, 'docs', file), 'utf8').matchAll(/^\| (\d\.\d [^|]+?) +\|/gm)].map(
    ([, row = '']) => row,
  );

const titles = testTitles();
const numbered = titles.flatMap((title) => /^(\d\.\d .+?): ./.exec(title)?.[1] ?? []);
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

describe('docs/security.md', () => {
  const text = readFileSync(path.join(ROOT, 'docs/security.md'), 'utf8');
  /** What follows "Shown by", up to the end of its paragraph or point. */
  const named = [...text.matchAll(/Shown by ([^]*?)(?=\n\n|\n- |\n#|$)/g)].flatMap(([, names = '']) =>
    [...names.matchAll(/`([^`]+)`/g)].map(([, title = '']) => title),
  );

  test('has all ten risks of OWASP, each with tests that show what it says', () => {
    const risks = [...text.matchAll(/^### API(\d+), [^\n]+\n([^]*?)(?=^##)/gm)];
    expect(risks.map(([, number]) => Number(number))).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    for (const [, , said = ''] of risks) expect(said).toMatch(/^Shown by `/m);
  });

  test('names tests that there are', () => {
    expect(named.length).toBeGreaterThan(30);
    expect(named.filter((title) => !titles.includes(title))).toEqual([]);
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
