import { coldStart } from './cold-start/cold-start.ts';
import { run as eventPattern } from './event-pattern.ts';
import { hotStatus } from './hot-status/hot-status.ts';
import { pages } from './pages/pages.ts';
import { pipeline } from './pipeline/pipeline.ts';
import { checkResults } from './report/check.ts';
import { writeReport } from './report/report.ts';
import { requests } from './requests/requests.ts';
import { units } from './requests/units.ts';
import { hasResults } from './results.ts';
import { start } from './start/start.ts';

/** In the order of the tables in RESULTS.md. */
const BENCHES = new Map<string, () => unknown>([
  ['requests', requests],
  ['units', units],
  ['cold-start', coldStart],
  ['pipeline', pipeline],
  ['pages', pages],
  ['hot-status', hotStatus],
  ['start', start],
  ['event-pattern', eventPattern],
]);

const usage = `Measures against what a user would pick instead, and writes bench/results and bench/RESULTS.md.

  npm run bench                     all of it: about an hour on two quiet cores
  npm run bench -- NAME...          ${[...BENCHES.keys()].join(', ')}
  npm run bench -- --check          compares the ratios of the last results with generous bounds

BENCH_ORDERS and BENCH_BACKLOG make the largest table and the backlog smaller.
`;

const names = process.argv.slice(2);
const unknown = names.filter((name) => !BENCHES.has(name) && !['--check', '--help', '-h'].includes(name));
if (names.includes('--help') || names.includes('-h')) console.log(usage);
else if (unknown.length > 0) {
  console.error(`There is no bench "${unknown.join(' ')}".\n\n${usage}`);
  process.exitCode = 2;
} else if (names.includes('--check')) checkResults();
else {
  for (const name of names.length > 0 ? names : BENCHES.keys()) {
    console.error(`== ${name}`);
    await BENCHES.get(name)?.();
  }
  const missing = [...BENCHES.keys()].filter((name) => !hasResults(name));
  if (missing.length === 0) writeReport();
  else console.error(`bench/RESULTS.md is written once these have run too: ${missing.join(', ')}`);
}
