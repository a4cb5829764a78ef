import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { blocksOf, proseOf } from '../support/markdown.ts';

export const ROOT = path.join(__dirname, '../..');

export const contentOf = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');

const MADE = ['node_modules', 'dist', 'cdk.out', 'coverage', 'reports'];
const documentsIn = (folder: string): string[] =>
  readdirSync(path.join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const at = path.posix.join(folder, entry.name);
    if (entry.isDirectory())
      return entry.name.startsWith('.') || MADE.includes(entry.name) ? [] : documentsIn(at);
    return entry.name.endsWith('.md') ? [at] : [];
  });
export const DOCUMENTS = documentsIn('.');

/** What a reader would type: a command, or an option of one. */
const COMMAND = /^(npm|npx|node|curl|aws|cdk|git|[A-Z_]+=\S+) |^-{1,2}\w/;
/** Of documents about the API: a request, or JSON to send. */
const REQUEST = /^(GET|POST|PUT|PATCH|DELETE) (\/|\.\.\.)|^\{/;
const ABOUT_THE_API = ['README.md', 'docs/api.md'];

/** A line that ends in \ goes on. */
const linesOf = (content: string) =>
  content
    .replaceAll(/ *\\\n */g, ' ')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
/** Lines that need each other: they set variables, or ask one server. */
const isScript = ({ content }: { content: string }) => /^[A-Z_]+=\$\(|curl /m.test(content);
const withoutComment = (line: string) => line.replace(/ {2,}#.*/, '');

export const examplesOf = (file: string) => {
  const text = contentOf(file);
  const fences = blocksOf(text);
  const isExample = (line: string) =>
    COMMAND.test(line) || (ABOUT_THE_API.includes(file) && REQUEST.test(line));
  const shells = fences.filter(({ kind }) => kind === 'sh' || kind === '');
  const inline = [...proseOf(text).matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code);
  return {
    scripts: shells.filter(isScript).map(({ content }) => content),
    /** Events for direct invocation, in their order. */
    invocations: fences.filter(({ kind }) => kind === 'json').flatMap(({ content }) => linesOf(content)),
    programs: fences.filter(({ kind }) => kind === 'ts').map(({ content }) => content),
    /** The lines of the other blocks, each once. */
    commands: [
      ...new Set(
        shells
          .filter((fence) => !isScript(fence))
          .flatMap(({ kind, content }) =>
            linesOf(content)
              .map(withoutComment)
              .filter((line) => kind === 'sh' || isExample(line)),
          ),
      ),
    ],
    inline: [...new Set(inline.filter(isExample))],
  };
};
