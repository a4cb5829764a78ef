import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

const ROOT = path.join(__dirname, '../..');

/** The titles of all tests that run, those of a table written out. */
export const testTitles = (): string[] =>
  readdirSync(path.join(ROOT, 'test'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.ts'))
    .flatMap((file) => titlesIn(readFileSync(path.join(ROOT, 'test', file), 'utf8')));

const textOf = (node: ts.Node | undefined): string | undefined =>
  node && (ts.isStringLiteralLike(node) || ts.isTemplateExpression(node))
    ? node.getText().slice(1, -1).replaceAll("\\'", "'")
    : undefined;

/** `test.each([['a', 1], ['b', 2]])('1.4 %s: ...')` names two rows; where the name is fixed, it is one row's test. */
const writtenOut = (title: string, table: ts.Node | undefined): string[] => {
  const [name = ''] = title.split(':');
  if (!table || !ts.isArrayLiteralExpression(table) || !name.includes('%s')) return [title];
  const firsts = table.elements.map((row) => (ts.isArrayLiteralExpression(row) ? row.elements[0] : row));
  return firsts.map((first) => title.replace('%s', () => textOf(first) ?? '%s'));
};

const isTest = (node: ts.Node): boolean => ts.isIdentifier(node) && ['test', 'it'].includes(node.text);

export const titlesIn = (source: string): string[] => {
  const titles: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node)) {
      const { expression: called } = node;
      const title = textOf(node.arguments[0]);
      const inEach =
        ts.isCallExpression(called) &&
        ts.isPropertyAccessExpression(called.expression) &&
        called.expression.name.text === 'each' &&
        isTest(called.expression.expression);
      if (title !== undefined && isTest(called)) titles.push(title);
      if (title !== undefined && inEach) titles.push(...writtenOut(title, called.arguments[0]));
    }
    node.forEachChild(visit);
  };
  ts.createSourceFile('tests.ts', source, ts.ScriptTarget.Latest, true).forEachChild(visit);
  return titles;
};
