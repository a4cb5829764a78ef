import { createInterface } from 'node:readline/promises';
import type { Readable } from 'node:stream';
import { harmless } from './harmless.ts';

/** Ctrl-C at a question; ends with 130. */
export class Interrupted extends Error {}

export interface Output {
  write(text: string): unknown;
  isTTY?: boolean;
}

export interface Io {
  stdin: Readable & { isTTY?: boolean };
  stdout: Output;
  stderr: Output;
  env: Readonly<Record<string, string | undefined>>;
}

export interface Terminal {
  json: boolean;
  /** Data: what another program may read. */
  print(text: string): void;
  printJson(value: unknown): void;
  /** One of a stream of values: a line each. */
  printJsonLine(value: unknown): void;
  /** Everything that is said to a person. */
  say(text: string): void;
  /** Overwrites the line, where there is one to overwrite. */
  showLine(text: string): void;
  canMove: boolean;
  /** Rejects at Ctrl-C. Undefined where nobody can answer. */
  ask?: (question: string) => Promise<string>;
  strong(text: string): string;
  faint(text: string): string;
}

export function createTerminal(
  { stdin, stdout, stderr, env }: Io,
  { json, noInput, noColor }: { json: boolean; noInput: boolean; noColor: boolean },
  interrupted: AbortSignal,
): Terminal {
  const plain = noColor || Boolean(env['NO_COLOR']) || env['TERM'] === 'dumb' || stdout.isTTY !== true;
  const styled = (code: number) => (text: string) => (plain ? text : `\u001b[${code}m${text}\u001b[0m`);
  const canMove = stderr.isTTY === true && env['TERM'] !== 'dumb';
  return {
    json,
    print: (text) => void stdout.write(`${harmless(text)}\n`),
    printJson: (value) => void stdout.write(`${harmless(JSON.stringify(value, null, 2))}\n`),
    printJsonLine: (value) => void stdout.write(`${harmless(JSON.stringify(value))}\n`),
    say: (text) => void stderr.write(`${harmless(text)}\n`),
    canMove,
    showLine: (text) => {
      if (canMove) stderr.write(`\r\u001b[2K${harmless(text)}`);
    },
    ...(stdin.isTTY === true &&
      !noInput && { ask: (question: string) => answerOf(question, stdin, stderr, interrupted) }),
    strong: styled(1),
    faint: styled(2),
  };
}

async function answerOf(
  question: string,
  input: Readable,
  output: Output,
  interrupted: AbortSignal,
): Promise<string> {
  output.write(harmless(question));
  // The signal closes it, which ends the wait.
  const lines = createInterface({ input, signal: interrupted });
  try {
    const first = await lines[Symbol.asyncIterator]().next();
    if (interrupted.aborted) throw new Interrupted('\nNothing was done.');
    return first.done === true ? '' : first.value.trim();
  } finally {
    lines.close();
  }
}
