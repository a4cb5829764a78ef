import { type Chance, chanceOf, seedOf } from './chance.ts';

/** What can go wrong, and how often where it can: the share of the occasions that it strikes at. */
export const FAULTS = {
  F1: { what: 'a write is committed and its answer lost', share: 0.02 },
  F2: { what: 'a request is lost before it is carried out', share: 0.01 },
  F3: { what: 'a service throttles or fails for a while', share: 0.003 },
  F4: { what: 'PutEvents fails single entries, each code at each place', share: 0.04 },
  F5: { what: 'PutEvents accepts and its answer is lost', share: 0.03 },
  F6: { what: 'a function dies, or hangs until its timeout, at any await', share: 0.006 },
  F7: { what: 'the poller dies, also just before and just after a checkpoint', share: 0.008 },
  F8: { what: 'a batch is delivered twice', share: 0.02 },
  F9: { what: 'a shard is closed and has one child or two', share: 0.008 },
  F10: { what: 'the bus delivers an event twice', share: 0.03 },
  F11: { what: 'the bus holds an event back, and later ones overtake it', share: 0.08 },
  F12: { what: 'a target fails for a while, or may no longer be written to', share: 0.006 },
  F13: { what: 'an index lags by up to 30 s, and throttles its table', share: 0.05 },
  F14: { what: 'a clock jumps', share: 0.006 },
  F15: { what: 'somebody edits the table by hand; an event is too large or unacceptable', share: 0.03 },
  F16: { what: 'the poller is down for hours; what is older than a day is trimmed', share: 0.001 },
  F17: { what: 'kill -9 of everything but what is on disk', share: 0.004 },
  F18: { what: 'a subscriber is slow, or PutEvents does not answer', share: 0.01 },
  F19: { what: 'the archive is replayed to a target', share: 0.003 },
  F20: { what: 'several clients change one order at once', share: 0.04 },
} as const;

export type Fault = keyof typeof FAULTS;
const NAMES = Object.keys(FAULTS) as Fault[];
export const isFault = (name: string): name is Fault => NAMES.includes(name as Fault);

export interface Faults {
  /** Draws for what happens where the fault strikes at this occasion, undefined where it does not. */
  strike: (fault: Fault) => Chance | undefined;
  /** Nothing strikes from now on. */
  heal: () => void;
  /** Each strike as FAULT@OCCASION, in order. */
  struck: () => readonly string[];
}

/**
 * Whether a fault strikes at its nth occasion hangs on seed, fault and n alone: one strike taken away leaves the others.
 * With `only`, those strike and no others. Every tenth seed has none at all.
 */
export const faultsOf = (seed: number, only?: readonly string[]): Faults => {
  const plan = chanceOf(seedOf(seed, 'faults'));
  const calm = seed % 10 === 0;
  const force = plan.pick([0.5, 1, 3]);
  const shares = new Map(
    NAMES.map((name) => [name, !calm && plan.happens(0.5) ? FAULTS[name].share * force : 0]),
  );
  const chosen = only && new Set(only);
  const seeds = new Map(NAMES.map((name) => [name, seedOf(seed, name)]));
  const occasions = new Map<Fault, number>();
  const struck: string[] = [];
  let healed = false;
  return {
    strike: (fault) => {
      if (healed) return undefined;
      const occasion = (occasions.get(fault) ?? 0) + 1;
      occasions.set(fault, occasion);
      const share = shares.get(fault) ?? 0;
      if (!chosen && share === 0) return undefined;
      const name = `${fault}@${occasion}`;
      const drawn = seedOf(seeds.get(fault) ?? 0, occasion);
      if (chosen ? !chosen.has(name) : drawn >= share * 2 ** 32) return undefined;
      struck.push(name);
      return chanceOf(seedOf(drawn, name));
    },
    heal: () => {
      healed = true;
    },
    struck: () => struck,
  };
};
