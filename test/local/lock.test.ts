import fs, { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { holderOf, lock } from '../../local/lock.ts';
import * as processes from '../../local/processes.ts';
import { Unready } from '../../local/unready.ts';
import { temporary } from './support/engine.ts';

jest.mock('../../local/processes.ts', () => ({ startOf: jest.fn() }));

const all = temporary();
afterAll(() => all.remove());
let count = 0;
let directory: string;
let alive: Set<number>;
/** What others do, each before the call of the file system of that number. */
let meanwhile: Map<number, () => void>;
let calls: number;

beforeEach(() => {
  directory = join(all.path, String((count += 1)));
  mkdirSync(directory);
  alive = new Set([1, 2, 3]);
  meanwhile = new Map();
  calls = 0;
  jest.mocked(processes.startOf).mockImplementation((pid) => (alive.has(pid) ? `s ${pid}` : undefined));
  for (const name of [
    'readdirSync',
    'readFileSync',
    'writeFileSync',
    'linkSync',
    'renameSync',
    'rmSync',
  ] as const) {
    const real = fs[name] as (...given: unknown[]) => unknown;
    jest.spyOn(fs, name).mockImplementation(((...given: unknown[]) => {
      meanwhile.get((calls += 1))?.();
      return real(...given);
    }) as never);
  }
});
afterEach(() => jest.restoreAllMocks());

/** Undefined when it is refused. */
function lockAs(pid: number): (() => void) | undefined {
  const { pid: real } = process;
  Object.defineProperty(process, 'pid', { value: pid, configurable: true });
  try {
    return lock(directory);
  } catch (error) {
    if (error instanceof Unready) return undefined;
    throw error;
  } finally {
    Object.defineProperty(process, 'pid', { value: real, configurable: true });
  }
}

/** Without anybody doing something at the same time. */
const alone = <T>(act: () => T): T => {
  const kept = meanwhile;
  meanwhile = new Map();
  try {
    return act();
  } finally {
    meanwhile = kept;
  }
};

test('given the lock of a dead process, or of an earlier one with the same id, then it is taken over', () => {
  lockAs(1);
  alive.delete(1);
  lockAs(2);
  expect(holderOf(directory)).toBe(2);
  jest.mocked(processes.startOf).mockReturnValue('later');
  expect(holderOf(directory)).toBeUndefined();
  lockAs(2)?.();
  expect(readdirSync(directory)).toEqual([]);
});

test('given a directory that another start has just removed, or a file, then nobody holds it', () => {
  expect(holderOf(join(directory, 'gone'))).toBeUndefined();
  fs.writeFileSync(join(directory, 'file'), '');
  expect(holderOf(join(directory, 'file'))).toBeUndefined();
});

const moments = [...Array(8).keys()].map((n) => n + 1);

test.each(moments)(
  'given the lock of a dead process and two starts, the second at step %d of the first, then one holds it',
  (step) => {
    alone(() => lockAs(1));
    alive.delete(1);
    let other: (() => void) | undefined;
    meanwhile.set(step, () => (other = alone(() => lockAs(3))));
    calls = 0;
    const own = lockAs(2);
    if (calls < step) other = alone(() => lockAs(3));
    expect([own, other].filter(Boolean)).toHaveLength(1);
    expect(holderOf(directory)).toBe(own ? 2 : 3);
    (own ?? other)?.();
    expect(readdirSync(directory)).toEqual([]);
  },
);

test.each(
  moments.flatMap((given) => moments.filter((taken) => taken >= given).map((taken) => [given, taken])),
)(
  'given a holder that goes at step %d of a start, and another start at its step %d, then at most one holds it',
  (given, taken) => {
    const release = alone(() => lockAs(1));
    let other: (() => void) | undefined;
    meanwhile.set(given, () => alone(() => release?.()));
    meanwhile.set(taken, () =>
      alone(() => {
        if (given === taken) release?.();
        other = lockAs(3);
      }),
    );
    calls = 0;
    const own = lockAs(2);
    expect([own, other].filter(Boolean).length).toBeLessThanOrEqual(1);
    if (own) expect(holderOf(directory)).toBe(2);
    if (other) expect(holderOf(directory)).toBe(3);
  },
);
