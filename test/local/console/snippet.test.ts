import ts from 'typescript';
import { snippetOf } from '../../../local/console/snippet.ts';

const patternIn = (snippet: string) => /pattern: ([\s\S]*),\n\}\);/.exec(snippet)?.[1] ?? '';

describe('the snippet that ships a pattern', () => {
  it('given a short pattern, then it stands on one line', () => {
    const pattern = { source: ['orders.service'], 'detail-type': [{ prefix: 'Order' }] };
    expect(patternIn(snippetOf(pattern, 'orders'))).toBe(
      "{ source: ['orders.service'], 'detail-type': [{ prefix: 'Order' }] }",
    );
  });

  it('given any pattern, then it is the same value, in code that compiles', () => {
    const order = {
      "it's": ['a "quoted" text', "an apostrophe's", '\\', 'line\nend'],
      amount: [{ numeric: ['>', 1] }],
    };
    const pattern = {
      source: ['a'],
      $or: [{ id: ['1'] }, { id: [{ exists: false }] }],
      detail: { data: { order } },
    };
    const snippet = snippetOf(pattern, "team's");
    const file = ts.createSourceFile('s.ts', snippet, ts.ScriptTarget.Latest, true);
    expect((file as unknown as { parseDiagnostics: unknown[] }).parseDiagnostics).toEqual([]);
    // eslint-disable-next-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call
    expect(new Function(`return (${patternIn(snippet)})`)()).toEqual(pattern);
  });
});
