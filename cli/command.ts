import type { parseArgs } from 'node:util';
import type { Clients } from './aws/clients.ts';
import type { Terminal } from './terminal/terminal.ts';

export const EXIT = { done: 0, failed: 1, usage: 2, partly: 3, interrupted: 130 } as const;

/** What the person who called must change; ends with 2. */
export class UsageError extends Error {}

/** One sentence about what went wrong and what to do; ends with 1. */
export class Failed extends Error {}

export type Options = NonNullable<NonNullable<Parameters<typeof parseArgs>[0]>['options']>;

export interface Context {
  clients: Clients;
  env: Readonly<Record<string, string | undefined>>;
  terminal: Terminal;
  /** Aborts at Ctrl-C: finish what is in hand. */
  interrupted: AbortSignal;
  now: () => number;
  pause: (ms: number, signal?: AbortSignal) => Promise<void>;
}

export interface Command {
  /** Examples first. */
  help: string;
  options: Options;
  run: (given: Given, context: Context) => Promise<number>;
}

/** The arguments, each read as what it must be. */
export interface Given {
  argument: (name: string) => string;
  /** However many there are. */
  arguments: () => readonly string[];
  text: (option: string) => string | undefined;
  texts: (option: string) => string[];
  required: (option: string) => string;
  /** A file, absolute. */
  path: (option: string) => string | undefined;
  flag: (option: string) => boolean;
  /** A number above zero. */
  positive: (option: string) => number | undefined;
}
