import { OURS } from '../requests/contestants.ts';
import { facts } from './facts.ts';

interface Bound {
  says: string;
  value: number;
  atMost?: number;
  atLeast?: number;
}

/** Ratios only, with bounds that a busy machine does not break: what they catch is a change for the worse, not noise. */
const bounds = (): Bound[] => {
  const { cpuRatio, keyedAgainstPowertools, unitsOf, fresh, freshRatio, growth, pipeline, hotStatus } =
    facts();
  const eight = hotStatus.find(({ shards }) => shards === 8);
  return [
    { says: 'processor time of a create, against bare', value: cpuRatio('create'), atMost: 2 },
    { says: 'processor time of a read, against bare', value: cpuRatio('read'), atMost: 2 },
    {
      says: 'processor time of a keyed create, against Powertools',
      value: keyedAgainstPowertools,
      atMost: 1.1,
    },
    {
      says: 'table write units of a create',
      value: unitsOf(OURS, 'create')?.tableWrites ?? Infinity,
      atMost: 1,
    },
    {
      says: 'table write units of a keyed create',
      value: unitsOf(OURS, 'create once')?.tableWrites ?? Infinity,
      atMost: 4,
    },
    { says: 'kilobytes of the API bundle', value: (fresh(OURS)?.bytes ?? Infinity) / 1024, atMost: 400 },
    { says: 'a fresh process, against bare', value: freshRatio(), atMost: 1.4 },
    { says: 'PutEvents calls an event under load', value: pipeline.backlog.callsPerEvent, atMost: 0.2 },
    {
      says: 'units of a page, of the largest table against the smallest',
      value: growth(({ units }) => units),
      atMost: 1.2,
    },
    { says: 'creates a second in eight shards', value: eight?.creates ?? 0, atLeast: 5000 },
  ];
};

/** Fails with what is out of its bounds. */
export const checkResults = (): void => {
  const wrong = bounds().filter(
    ({ value, atMost = Infinity, atLeast = -Infinity }) => !(value <= atMost && value >= atLeast),
  );
  for (const { says, value, atMost, atLeast } of bounds()) {
    const bound = atMost === undefined ? `at least ${atLeast}` : `at most ${atMost}`;
    console.log(`${says}: ${value.toFixed(2)} (${bound})`);
  }
  if (wrong.length === 0) return;
  console.error(`Out of bounds: ${wrong.map(({ says }) => says).join('; ')}`);
  process.exitCode = 1;
};
