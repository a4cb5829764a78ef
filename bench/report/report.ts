import { writeFileSync } from 'node:fs';
import { BARE, CONTESTANTS, OURS, type Operation } from '../requests/contestants.ts';
import { type Facts, facts } from './facts.ts';
import { met, number, ratio, spread, table } from './markdown.ts';
import { REASONS } from './reasons.ts';

const FILE = new URL('../RESULTS.md', import.meta.url);
const OPERATIONS: readonly Operation[] = ['create', 'create once', 'read', 'list', 'cancel'];

const requestsPart = ({ requests, request, cpuRatio, keyedAgainstPowertools }: Facts): string => {
  const rows = OPERATIONS.flatMap((operation) =>
    CONTESTANTS.flatMap(({ name }) => {
      const found = request(name, operation);
      const bare = request(BARE, operation);
      if (!found) return [];
      const against = bare ? ratio(cpuRatio(operation, name), 1) : '–';
      return [[operation, name, spread(found.cpu), against, spread(found.p50), spread(found.p99)]];
    }),
  );
  return `## 1. Requests

Milliseconds of one request at a time, the function in a process of its own and the engine in another: processor time of the
function's process, then the time until the answer as text. Medians of ${requests.rounds} rounds, taken by turns, with the middle half of the
rounds; against bare is the median of the rounds' own ratios. A list is of 20 orders and the last page, for which ours signs no cursor. Ours checks the token's claims, validates, keeps three indexes, a mutation id and the facts for re-emission with the order, and logs twice;
bare does nothing but call the SDK, and overwrites what is there; Powertools writes a line of metrics for each request, and logs creates and
cancels once. The libraries answer the seed's direct invocation, Powertools and ours
HTTP events.

${table(['operation', 'who', 'cpu ms', 'against bare', 'p50 ms', 'p99 ms'], rows)}

${met('processor time of a create at most 1.25 × bare', cpuRatio('create'), 1.25)}
${met('of a read at most 1.25 × bare', cpuRatio('read'), 1.25)}
${met('of a keyed create less than Powertools with idempotency', keyedAgainstPowertools, 1)}`;
};

const unitsPart = ({ units, unitsOf }: Facts): string => `## 2. Units

As \`ReturnConsumedCapacity\` gave them, counted by a proxy before the engine. Powertools writes the key before the order and its
answer after it, in three calls: after a crash between them the key is blocked until the function's time is up, and a retry then creates once more.
Ours is one transaction. A list is of 20 orders.

${table(
  ['operation', 'who', 'calls', 'table writes', 'index writes', 'reads'],
  OPERATIONS.flatMap((operation) =>
    units
      .filter((each) => each.operation === operation)
      .map((each) => [operation, each.name, each.calls, each.tableWrites, each.indexWrites, each.reads]),
  ),
)}

${met('1 table write unit for a create', unitsOf(OURS, 'create')?.tableWrites ?? Number.NaN, 1)}
${met('at most 4 for a keyed one', unitsOf(OURS, 'create once')?.tableWrites ?? Number.NaN, 4)}
Indexes hold whole orders: a page by status or day would else cost one read for each order on it; docs/cost.md has the arithmetic.`;

const coldStartPart = ({ coldStart, runtimes, fresh, freshRatio }: Facts): string => {
  const rows = runtimes.flatMap((runtime) =>
    coldStart.found
      .filter((each) => each.runtime === runtime)
      .map((each) => [
        runtime,
        each.name,
        Math.round(each.bytes / 1024),
        each.modules,
        spread(each.wall),
        ratio(each.wall.median, fresh(BARE, runtime)?.wall.median ?? Number.NaN),
        number(each.load.median),
        number(each.invoke.median),
      ]),
  );
  return `## 3. Cold start

Milliseconds from the start of a fresh process to its end after the first answer (a read), ${coldStart.rounds} of each by turns. It is
not Lambda's whole init, which adds the machine's. All are minified, for the syntax of Node 20, and bundled as our functions are, but for the last row
of each runtime: the SDK's CommonJS with all its sources of credentials.

${table(['runtime', 'who', 'KB', 'modules', 'wall ms', 'against bare', 'load ms', 'first event ms'], rows)}

${met('API bundle at most 400 KB', (fresh(OURS)?.bytes ?? Number.NaN) / 1024, 400)}
${met('a fresh process at most 1.10 × bare', freshRatio(), 1.1)}

What our bundle is made of:

${table(
  ['package', 'KB'],
  coldStart.packages.slice(0, 14).map(([name, bytes]) => [name, number(bytes / 1024)]),
)}`;
};

const pipelinePart = ({
  pipeline: { writes, backlog, withoutHistory, light, runtime },
}: Facts): string => `## 4. Stream to bus

One process of the local runtime takes a backlog of ${backlog.events} change records from the stream through the function and the bus to
the subscriber's queue, everything synced to disk as it promises: **${number(backlog.perSecond)} events/s** over the middle of it, in
${backlog.putEventsCalls} PutEvents calls. Every event is also taken by the rule of the order's history, whose function writes a line for it to
the same engine; without that rule it is **${number(withoutHistory.perSecond)} events/s**. Of processor time an event takes ${number(backlog.processorMs)} ms
(${number(withoutHistory.processorMs)} ms) in the runtime's process, functions included, and the engine's comes to it. At light load, one order at a time, an event is with its subscriber ${spread(light.p50)} ms (p50)
and ${spread(light.p99)} ms (p99) after the create was answered.

${table(
  ['records in the stream', 'orders written a second'],
  writes.map(({ records, perSecond }) => [records, number(perSecond)]),
)}

${met('5,000 events/s', backlog.perSecond, 5000, true)}
${met('at most 0.15 calls an event', backlog.callsPerEvent, 0.15)}
${met('p50 under 5 ms', light.p50.median, 5)}
${met('p99 under 25 ms', light.p99.median, 25)}
The runtime started on that data directory in ${number(runtime.startMs)} ms, and held ${number(runtime.megabytes)} MB when all was delivered.`;

const pagesPart = ({ pages, batchWrites, growth }: Facts): string => `## 5. Growth

A page of 25 orders, out of tables that grow.

${table(
  ['list', 'orders', 'read units', 'ms'],
  [...pages]
    .sort((a, b) => a.list.localeCompare(b.list) || a.orders - b.orders)
    .map(({ list, orders, units, ms }) => [list, orders.toLocaleString('en'), number(units), spread(ms)]),
)}

${met(
  'units within 1.2 ×',
  growth(({ units }) => units),
  1.2,
)}
${met(
  'milliseconds within 1.2 ×',
  growth(({ ms }) => ms.median),
  1.2,
)}

Orders that the embedded engine wrote a second on the way, in batches of 25 by eight writers, each with its record in the stream:

${table(
  ['orders and records', 'written a second'],
  batchWrites.map(({ orders, perSecond }) => [orders.toLocaleString('en'), number(perSecond)]),
)}`;

const hotStatusPart = ({ hotStatus }: Facts): string => {
  const eight = hotStatus.find(({ shards }) => shards === 8);
  return `## 6. Hot status

A model of partitions of 1,000 write and 3,000 read units a second, without the bursts that DynamoDB may lend, over the real key
function and merge: what one status takes until the first throttle, orders of 500 bytes. [docs/scale.md](../docs/scale.md) goes on from here.

${table(
  [
    'shards',
    'creates/s',
    'status changes/s',
    'created and confirmed/s',
    'read units of a page of 25',
    'pages/s',
  ],
  hotStatus.map((each) => [
    each.shards,
    each.creates,
    each.statusChanges,
    each.lifecycles,
    each.pageUnits,
    each.pages,
  ]),
)}

${met('5,000 creates/s without a throttle, in eight shards', eight?.creates ?? 0, 5000, true)}`;
};

const startPart = ({ start: { install, cold, warm } }: Facts): string => `## 7. Start

Of a clone: \`npm ci\` took ${number(install)} s. From \`npm start\` to the first 201: ${number(cold)} s with the template to be
synthesized, ${spread(warm)} s with it at hand.`;

/** RESULTS.md, from all that stands in bench/results. */
export const writeReport = (): void => {
  const all = facts();
  const { date, machine, versions } = all.machine;
  const parts = [requestsPart, unitsPart, coldStartPart, pipelinePart, pagesPart, hotStatusPart, startPart];
  const head = `# Results

Written by \`npm run bench\` on ${date.slice(0, 10)}: ${machine.cpu}, ${machine.cores} cores, ${machine.gigabytes} GB, Node ${versions.node},
${versions.platform} ${versions.arch}. Compare the ratios; the times are this machine's.`;
  writeFileSync(FILE, `${[head, ...parts.map((part) => part(all)), REASONS].join('\n\n')}\n`);
  console.error('bench/RESULTS.md is written');
};
