import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import { KINDS } from './event-pattern/rules.ts';
import type { Measurement } from './event-pattern/measurement.ts';

const SIZES = [100, 1000] as const;
const RESULTS = new URL('results/event-pattern.json', import.meta.url);
const MEASUREMENT = fileURLToPath(new URL('event-pattern/measurement.ts', import.meta.url));

/** One kind and number of rules; rates in thousand events a second. */
interface Result {
  readonly kind: string;
  readonly rules: number;
  readonly hitsPerEvent: number;
  readonly fromObjects: number;
  readonly fromText: number;
  /** AWS's engine in Java, from text. */
  readonly reference: number;
  readonly rulesMegabytes: number;
  readonly peakMegabytes: number;
}

/** Events a second for each kind of rule, beside the figures of AWS's engine in Java. */
export function run(): void {
  const folder = mkdtempSync(join(tmpdir(), 'event-pattern-'));
  try {
    const program = join(folder, 'measurement.mjs');
    // As it is published: in plain JavaScript, with no loader between.
    buildSync({
      entryPoints: [MEASUREMENT],
      outfile: program,
      bundle: true,
      platform: 'node',
      format: 'esm',
    });
    report(program);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function report(program: string): void {
  const results: Result[] = [];
  let bytesPerEvent = 0;
  for (const { name, reference } of KINDS)
    for (const [index, rules] of SIZES.entries()) {
      const fromObjects = measured(program, name, rules, 'objects');
      const fromText = measured(program, name, rules, 'text');
      bytesPerEvent = fromText.bytesPerEvent;
      results.push({
        kind: name,
        rules,
        hitsPerEvent: fromText.hitsPerEvent,
        fromObjects: fromObjects.rate,
        fromText: fromText.rate,
        reference: reference[index] ?? 0,
        rulesMegabytes: fromObjects.rulesMegabytes,
        peakMegabytes: Math.max(fromObjects.peakMegabytes, fromText.peakMegabytes),
      });
    }
  console.log(`events of ${String(bytesPerEvent)} bytes; thousand events a second of one core`);
  console.table(results);
  write(bytesPerEvent, results);
}

/** The best of three, since whatever else the machine does can only take away from a figure. */
function measured(program: string, kind: string, rules: number, source: 'objects' | 'text'): Measurement {
  const attempts = [1, 2, 3].map(() => measuredOnce(program, kind, rules, source));
  return attempts.reduce((best, each) => (each.rate > best.rate ? each : best));
}

/** In a process of its own, so that no figure depends on what was measured before it. */
function measuredOnce(program: string, kind: string, rules: number, source: 'objects' | 'text'): Measurement {
  const child = spawnSync(process.execPath, ['--expose-gc', program, kind, String(rules), source], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return JSON.parse(child.stdout) as Measurement;
}

function write(bytesPerEvent: number, results: readonly Result[]): void {
  const machine = {
    cpu: cpus()[0]?.model,
    cores: cpus().length,
    gigabytes: Math.round(totalmem() / 2 ** 30),
  };
  const versions = {
    node: process.version,
    v8: process.versions.v8,
    platform: process.platform,
    arch: process.arch,
  };
  const unit = 'thousand events a second of one core: the median of 9 rounds, in the best of 3 processes';
  mkdirSync(new URL('.', RESULTS), { recursive: true });
  const content = { date: new Date().toISOString(), machine, versions, bytesPerEvent, unit, results };
  writeFileSync(RESULTS, `${JSON.stringify(content, undefined, 2)}\n`);
}
