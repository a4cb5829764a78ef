import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { UsageError, type Given, type Options } from './command.ts';

const globalOptions: Options = {
  json: { type: 'boolean' },
  'no-input': { type: 'boolean' },
  'no-color': { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  bus: { type: 'string', default: 'orders' },
};

/** `folder`: where the person stands, which files are named from. */
export function parseArguments(args: string[], options: Options, folder: string): Given {
  let parsed;
  try {
    parsed = parseArgs({ args, options: { ...globalOptions, ...options }, allowPositionals: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
  const values: Record<string, unknown> = parsed.values;
  const rest = [...parsed.positionals];
  const text = (option: string): string | undefined => {
    const value = values[option];
    return typeof value === 'string' ? value : undefined;
  };
  return {
    argument: (name) => {
      const [value, more] = rest;
      if (value === undefined) throw new UsageError(`${name} is missing.`);
      if (more !== undefined) throw new UsageError(`"${more}" is one argument too many.`);
      return value;
    },
    arguments: () => rest,
    text,
    texts: (option) => {
      const value = values[option];
      return Array.isArray(value) ? value.map(String) : [];
    },
    required: (option) => {
      const value = text(option);
      if (value === undefined) throw new UsageError(`--${option} is missing.`);
      return value;
    },
    path: (option) => {
      const value = text(option);
      return value === undefined ? undefined : resolve(folder, value);
    },
    flag: (option) => values[option] === true,
    positive: (option) => {
      const value = text(option);
      if (value === undefined) return undefined;
      if (!(Number(value) > 0)) throw new UsageError(`--${option} takes a number above 0, not "${value}".`);
      return Number(value);
    },
  };
}

const units: Record<string, number> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** `2026-11-22T10:00:00Z`, `now`, or how long ago: `90s`, `30m`, `2h`, `1d`. In milliseconds. */
export function timeIn(given: Given, option: string, now: number): number {
  const value = given.required(option);
  if (value === 'now') return now;
  const [, count, unit = ''] = /^(\d+)([smhd])$/.exec(value) ?? [];
  if (count !== undefined) return now - Number(count) * (units[unit] ?? 0);
  // Without a zone it would mean another time on each machine.
  const isZoned = /^\d{4}-\d\d-\d\d(T.*(Z|[+-]\d\d:?\d\d))?$/.test(value);
  const time = isZoned ? Date.parse(value) : NaN;
  if (!Number.isNaN(time)) return time;
  throw new UsageError(
    `--${option} takes a time such as 2026-11-22T10:00:00Z, 2h (ago) or now, not "${value}".`,
  );
}
