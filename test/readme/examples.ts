import { readFileSync } from 'node:fs';
import path from 'node:path';

export const ROOT = path.join(__dirname, '../..');

const text = readFileSync(path.join(ROOT, 'README.md'), 'utf8');
const FENCE = /^```(\w*)\n([^]*?)^```$/gm;
const fences = [...text.matchAll(FENCE)].map(([, kind = '', content = '']) => ({ kind, content }));
const prose = text.replaceAll(FENCE, '');

/** What a reader would type: a command, an option of one, a request, or JSON to send. */
const EXAMPLE =
  /^(npm|npx|node|curl|aws|cdk|[A-Z_]+=\S+) |^-{1,2}\w|^(GET|POST|PUT|PATCH|DELETE) \/|^(GET|POST|PUT|PATCH|DELETE) \.\.\.|^\{/;

const linesOf = (content: string) => content.split('\n').filter((line) => line !== '');
const holdsCurl = ({ content }: { content: string }) => content.includes('curl ');

/** Blocks with curl: their lines need each other. */
export const scripts = fences.filter(holdsCurl).map(({ content }) => content);
/** Events for direct invocation, in their order. */
export const invocations = fences
  .filter(({ kind }) => kind === 'json')
  .flatMap(({ content }) => linesOf(content));

const commandLines = fences
  .filter((fence) => fence.kind !== 'json' && !holdsCurl(fence))
  .flatMap(({ kind, content }) => linesOf(content).filter((line) => kind === 'sh' || EXAMPLE.test(line)));
const inline = [...prose.matchAll(/`([^`\n]+)`/g)]
  .map(([, code = '']) => code)
  .filter((code) => EXAMPLE.test(code));

/** All the others, each once. */
export const examples = [...new Set([...commandLines, ...inline])];
