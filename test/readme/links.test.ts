import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { contentOf, DOCUMENTS, ROOT } from './examples.ts';

/** As the pages of repositories make them. */
const anchorsOf = (text: string) =>
  [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );

const linksOf = (text: string) =>
  [...text.replaceAll(/^```[^]*?^```$/gm, '').matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link);

const brokenIn = (file: string): string[] =>
  linksOf(contentOf(file)).filter((link) => {
    if (/^[a-z]+:/.test(link)) return false;
    const [to = '', anchor] = link.split('#');
    const target = to === '' ? file : path.posix.join(path.posix.dirname(file), to);
    if (!existsSync(path.join(ROOT, target))) return true;
    if (anchor === undefined || statSync(path.join(ROOT, target)).isDirectory()) return false;
    return !anchorsOf(contentOf(target)).includes(anchor);
  });

test('given the links of all documents, then each leads to a file, and to a heading of it', () => {
  expect(DOCUMENTS.flatMap((file) => brokenIn(file).map((link) => `${file}: ${link}`))).toEqual([]);
});
