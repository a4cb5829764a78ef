import { run as eventPattern } from './event-pattern.ts';
import { requests } from './requests/requests.ts';

const BENCHES = new Map<string, () => unknown>([
  ['requests', requests],
  ['event-pattern', eventPattern],
]);

const [name = ''] = process.argv.slice(2);
const bench = BENCHES.get(name);
if (bench === undefined) {
  console.error(`Which one? npm run bench -- ${[...BENCHES.keys()].join(' | ')}`);
  process.exitCode = 1;
} else await bench();
