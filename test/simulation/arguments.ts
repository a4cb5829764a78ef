import { parseArgs } from 'node:util';
import { isFault } from './faults.ts';
import { PLANTED } from './planted-bugs.ts';
import type { Parts } from './parts.ts';

export const USAGE = `Simulates the order backend under faults, in virtual time, and judges every run.

  npm run simulate -- --seeds 1000 --ops 200

  --seeds N       runs, each from a seed of its own; 100 when not given
  --ops N         requests of clients in each run; 200 when not given
  --from SEED     the first seed; 1 when not given
  --changes N     goes on from seed to seed until so many changes are committed, in place of --seeds
  --faults LIST   these faults strike and no others, as a failing seed prints them: F4@17,F7@2
  --bug NUMBER    plants a bug of others in the place of our code: 1, 19
  --json          one JSON object on stdout
  -h, --help

Ends with 0 when every promise was kept, with 1 when one was broken, with 2 for a wrong argument.
`;

export interface Arguments {
  seeds: number;
  ops: number;
  from: number;
  changes?: number;
  faults?: string[];
  bug?: string;
  planted?: Partial<Parts>;
  json: boolean;
  help: boolean;
}

export class WrongArgument extends Error {}

const whole = (name: string, given: string): number => {
  if (!/^\d{1,9}$/.test(given)) throw new WrongArgument(`--${name} takes a whole number, not "${given}".`);
  return Number(given);
};

const faultList = (given: string): string[] =>
  given.split(',').map((name) => {
    const [fault = '', occasion = ''] = name.split('@');
    if (isFault(fault) && /^\d+$/.test(occasion)) return name;
    throw new WrongArgument(`--faults takes faults like F4@17,F7@2, not "${given}".`);
  });

const plantedBug = (number: string): Partial<Parts> => {
  const found = Object.entries(PLANTED).find(([name]) => name.startsWith(`${number}:`));
  if (!found) throw new WrongArgument(`--bug takes ${Object.keys(PLANTED).join('; ')}`);
  return found[1];
};

export const readArguments = (given: string[]): Arguments => {
  let values;
  try {
    ({ values } = parseArgs({
      args: given,
      options: {
        seeds: { type: 'string', default: '100' },
        ops: { type: 'string', default: '200' },
        from: { type: 'string', default: '1' },
        changes: { type: 'string' },
        faults: { type: 'string' },
        bug: { type: 'string' },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }));
  } catch (error) {
    throw new WrongArgument(error instanceof Error ? error.message : String(error));
  }
  const { seeds, ops, from, changes, faults, bug, json, help } = values;
  return {
    seeds: whole('seeds', seeds),
    ops: whole('ops', ops),
    from: whole('from', from),
    ...(changes !== undefined && { changes: whole('changes', changes) }),
    ...(faults !== undefined && { faults: faultList(faults) }),
    ...(bug !== undefined && { bug, planted: plantedBug(bug) }),
    json,
    help,
  };
};
