import type { ComponentChildren } from 'preact';

const token = /("(?:[^"\\]|\\.)*")(\s*:)?|\b(true|false|null)\b|-?\b\d+(?:\.\d+)?(?:[eE][+-]?\d+)?\b/g;

/** JSON as text with its keys and values told apart; it is never taken for markup. */
export function Json({ text }: { text: string }) {
  const parts: ComponentChildren[] = [];
  let at = 0;
  for (const match of text.matchAll(token)) {
    const [whole, quoted, colon, word] = match;
    parts.push(text.slice(at, match.index));
    const kind =
      colon !== undefined ? 'key' : quoted !== undefined ? 'text' : word !== undefined ? 'word' : 'number';
    parts.push(<span class={`json-${kind}`}>{quoted ?? whole}</span>, colon ?? '');
    at = match.index + whole.length;
  }
  parts.push(text.slice(at));
  return (
    <pre class="code" tabIndex={0}>
      {parts}
    </pre>
  );
}

const isJson = (text: string): boolean => /^\s*[{[]/.test(text);

/** JSON with its lines broken, where it is JSON. */
function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

export const Code = ({ text }: { text: string }) =>
  isJson(text) ? (
    <Json text={pretty(text)} />
  ) : (
    <pre class="code" tabIndex={0}>
      {text}
    </pre>
  );
