import { availableParallelism } from 'node:os';
import { optionsOf, whole, WrongArgument } from '../support/command-line.ts';
import { isFault } from './faults.ts';
import { PLANTED, plantedBug } from './planted-bugs.ts';
import type { RunSetting } from './run-seed.ts';

export const USAGE = `Simulates the order backend under faults, in virtual time, and judges every run.

  npm run simulate -- --seeds 1000 --ops 200

  --seeds N       runs, each from a seed of its own; 100 when not given
  --ops N         requests of clients in each run; 200 when not given
  --from SEED     the first seed; 1 when not given
  --changes N     goes on from seed to seed until so many changes are committed, in place of --seeds
  --faults LIST   these faults strike and no others, as a failing seed prints them: F4@17,F7@2
  --workers N     processes that share the seeds, with the same result; one for each core when not given
  --bug NUMBER    plants a bug of others in the place of our code: 1, 19
  --json          one JSON object on stdout
  -h, --help

Ends with 0 when every promise was kept, with 1 when one was broken, with 2 for a wrong argument.
`;

export interface Arguments extends RunSetting {
  seeds: number;
  from: number;
  changes?: number;
  workers: number;
  json: boolean;
  help: boolean;
}

const faultList = (given: string): string[] =>
  given.split(',').map((name) => {
    const [fault = '', occasion = ''] = name.split('@');
    if (isFault(fault) && /^\d+$/.test(occasion)) return name;
    throw new WrongArgument(`--faults takes faults like F4@17,F7@2, not "${given}".`);
  });

const knownBug = (number: string): string => {
  if (plantedBug(number)) return number;
  throw new WrongArgument(`--bug takes ${Object.keys(PLANTED).join('; ')}`);
};

export const readArguments = (given: string[]): Arguments => {
  const values = optionsOf(given, {
    seeds: { type: 'string', default: '100' },
    ops: { type: 'string', default: '200' },
    from: { type: 'string', default: '1' },
    changes: { type: 'string' },
    workers: { type: 'string', default: String(availableParallelism()) },
    faults: { type: 'string' },
    bug: { type: 'string' },
    json: { type: 'boolean', default: false },
  });
  const { seeds, ops, from, changes, faults, bug, workers, json, help } = values;
  return {
    seeds: whole('seeds', seeds),
    ops: whole('ops', ops),
    from: whole('from', from),
    ...(changes !== undefined && { changes: whole('changes', changes) }),
    ...(faults !== undefined && { faults: faultList(faults) }),
    ...(bug !== undefined && { bug: knownBug(bug) }),
    workers: Math.max(1, whole('workers', workers)),
    json,
    help,
  };
};
