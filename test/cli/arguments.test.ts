import '../support/errors-of-node.ts';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { unicodeText } from '../support/unicode-text.ts';
import { startEdges, type Running } from '../local/support/running.ts';
import { run, subscription } from './support.ts';

/** FUZZ_REQUESTS=100000 for a long look. */
const CALLS = Math.ceil(Number(process.env['FUZZ_REQUESTS'] ?? 500) / 10);

let running: Running;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'arguments-'));
  running = await startEdges(subscription());
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await running.stop();
});

const odd = fc.oneof(
  fc.constantFrom(
    '',
    '-',
    '--',
    '--=',
    '../../etc/passwd',
    'NaN',
    '1e999',
    '-1',
    '9'.repeat(400),
    '\u001b[2J',
    'a\nb',
  ),
  unicodeText({ maxLength: 30 }),
);
const option = fc
  .tuple(
    fc.constantFrom(
      ...[
        'since',
        'until',
        'from',
        'to',
        'limit',
        'rate',
        'rule',
        'type',
        'order',
        'customer',
        'filter',
        'bus',
        'name',
      ],
      ...['grace', 'amount', 'item', 'url', 'queue', 'wait', 'odd', '__proto__'],
    ),
    odd,
  )
  .map(([name, value]) => [`--${name}`, value]);
const command = fc.constantFrom(
  ...['tail', 'match', 'trigger', 'attach', 'detach', 'sample', 'replay', 'cancel'].map((name) => [
    'events',
    name,
  ]),
  ...['list', 'peek', 'redrive'].map((name) => ['dlq', name]),
  ['reconcile'],
  ['odd'],
  [],
);
const calls = fc
  .tuple(
    command,
    fc.array(
      fc.oneof(
        option,
        odd.map((text) => [text]),
      ),
      { minLength: 1, maxLength: 4 },
    ),
  )
  .map(([named, more]) => [...named, ...more.flat()]);

const patterns = fc.oneof(
  fc.json(),
  odd,
  fc.nat(20_000).map((depth) => '{"a":'.repeat(depth) + '[1]' + '}'.repeat(depth)),
  fc.constantFrom(
    '{"source":[{"wildcard":"**"}]}',
    '{"source":[{"numeric":["<","a"]}]}',
    '{"__proto__":[1]}',
    '\ufeff{}',
  ),
);

/** Ends as it says it does, with a sentence, and never with a trace of its own code. */
const ends = async (args: string[]): Promise<void> => {
  const interrupted = new AbortController();
  const ran = await run(running.url, [...args, '--no-input'], {
    interrupted: interrupted.signal,
    pause: () => {
      interrupted.abort();
      return Promise.resolve();
    },
  });
  expect([0, 1, 2, 3, 130]).toContain(ran.code);
  expect(ran.out + ran.err).not.toMatch(/node_modules|\.ts:\d|TypeError|RangeError|Cannot read/);
  if (ran.code === 1 || ran.code === 2) expect(ran.err.trim()).not.toBe('');
};

describe('given whatever is typed', () => {
  it('then the command ends with a code and a sentence, and nothing was sent', async () => {
    const before = running.bus.total();
    await fc.assert(fc.asyncProperty(calls, ends), { numRuns: CALLS });
    expect(running.bus.total()).toBe(before);
    expect(readdirSync(folder)).toEqual([]);
  }, 600_000);

  it('then a file with a rule is a rule, or one sentence says what is wrong with it', async () => {
    const file = path.join(folder, 'rule.json');
    await fc.assert(
      fc.asyncProperty(patterns, async (text) => {
        writeFileSync(file, text);
        await ends(['events', 'match', '--rule', file, '--since', '1h']);
      }),
      { numRuns: CALLS },
    );
    rmSync(file);
  }, 600_000);
});
