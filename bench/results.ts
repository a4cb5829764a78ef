import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';

const FOLDER = new URL('results/', import.meta.url);
const fileOf = (name: string): URL => new URL(`${name}.json`, FOLDER);

export interface Results<T> {
  date: string;
  machine: { cpu: string; cores: number; gigabytes: number };
  versions: { node: string; platform: string; arch: string };
  content: T;
}

/** Written whole when the bench has ended, beside what it ran on. */
export const writeResults = (name: string, content: unknown): void => {
  const results: Results<unknown> = {
    date: new Date().toISOString(),
    machine: {
      cpu: cpus()[0]?.model ?? 'unknown',
      cores: cpus().length,
      gigabytes: Math.round(totalmem() / 2 ** 30),
    },
    versions: { node: process.version, platform: process.platform, arch: process.arch },
    content,
  };
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(fileOf(name), `${JSON.stringify(results, undefined, 2)}\n`);
};

export const readResults = <T>(name: string): Results<T> =>
  JSON.parse(readFileSync(fileOf(name), 'utf8')) as Results<T>;

export const hasResults = (name: string): boolean => existsSync(fileOf(name));
