import ts from 'typescript';
import { snippetOf } from '../../../local/console/snippet.ts';

const fieldsOf = (pattern: Record<string, unknown>) =>
  /eventPattern: \{\n([\s\S]*?)\n {2}\},\n/.exec(snippetOf(pattern, 'orders'))?.[1];

describe('the snippet that ships a pattern', () => {
  it.each([
    [{ source: ['orders.service'] }, "    source: ['orders.service'],"],
    [{ 'detail-type': [{ prefix: 'Order' }] }, "    detailType: Match.prefix('Order'),"],
    [
      { 'detail-type': ['A', { suffix: 'B' }] },
      "    detailType: Match.anyOf(Match.exactString('A'), Match.suffix('B')),",
    ],
    [{ account: [{ exists: false }] }, '    account: Match.doesNotExist(),'],
    [{ region: [{ 'anything-but': ['x', 'y'] }] }, "    region: Match.anythingBut(...['x', 'y']),"],
  ])('given %j, then it names the fields as CDK does', (pattern, expected) => {
    expect(fieldsOf(pattern)).toBe(expected);
  });

  it('given any detail, then it is the same value, in code that compiles', () => {
    const detail = {
      data: { "it's": ['a "quoted" text', "an apostrophe's", '\\'], amount: [{ numeric: ['>', 1] }] },
    };
    const snippet = snippetOf({ source: ['a'], detail }, 'orders');
    const file = ts.createSourceFile('s.ts', snippet, ts.ScriptTarget.Latest, true);
    expect((file as unknown as { parseDiagnostics: unknown[] }).parseDiagnostics).toEqual([]);
    const [, literal = ''] = /detail: ([\s\S]*),\n {2}\},\n {2}targets/.exec(snippet) ?? [];
    // eslint-disable-next-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call
    expect(new Function(`return (${literal})`)()).toEqual(detail);
  });
});
