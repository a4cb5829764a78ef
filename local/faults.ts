/**
 * What can be made to go wrong while the runtime runs. Nothing of it but `lose` may lose an event: that is what it is
 * there to show. Behind each stand the names that it can be narrowed to.
 */
export const FAULTS = {
  fail: 'an entry of PutEvents is refused with InternalFailure (PutEvents), or a delivery fails and is tried again (rule)',
  refuse: 'the target of a rule refuses a delivery, which is not tried again (rule)',
  delay: 'an AWS call of a function is answered late (function)',
  duplicate: 'a batch of a stream, or an event of the bus, is delivered twice (function, rule)',
  reorder: 'the bus holds an event back for up to ten seconds, so that later ones pass it (rule)',
  throttle: 'an AWS call of a function, or the invocation of one by a stream, is throttled (function)',
  conflict: 'a transaction of a function meets another one (function)',
  crash: 'a function dies while it runs, with its answer unsent at the latest (function)',
  lose: 'a dead letter, or the record of a failure, is not taken where it should be kept (rule, function)',
} as const;

export type FaultName = keyof typeof FAULTS;

interface FaultState {
  /** Of what it can strike, the share that it strikes. */
  share: number;
  /** The name that it is narrowed to. */
  only?: string;
  /** How often it struck since the start. */
  struck: number;
}

/**
 * Switches, to be thrown at any time: `faults.throttle(0.3)` strikes three in ten from now on, `faults.throttle(0)` none, and
 * `faults.crash(1, 'orders-api')` one function alone.
 */
export interface Faults extends Record<FaultName, (share?: number, only?: string) => void> {
  /** All of them. */
  off(): void;
  state(): Record<FaultName, FaultState>;
}

/** Whether the fault strikes this time; `subject` is the function or rule that it would strike. */
export type Strikes = (name: FaultName, subject: string) => boolean;

const names = Object.keys(FAULTS) as FaultName[];

/** Each fault draws from a row of its own that the seed decides: which of its chances it takes does not hang on the others. */
export function createFaults(seed: number): { faults: Faults; strikes: Strikes; chance: () => number } {
  const byName = <T>(make: (name: FaultName, place: number) => T) =>
    Object.fromEntries(names.map((name, place) => [name, make(name, place)])) as Record<FaultName, T>;
  const state = byName((): FaultState => ({ share: 0, struck: 0 }));
  const draws = byName((_, place) => randomFrom(seed * 31 + place));
  const set = (name: FaultName, share: number, only?: string) => {
    if (!(share >= 0 && share <= 1)) throw new Error(`The share of ${name} is from 0 to 1, and is ${share}.`);
    const { struck } = state[name];
    state[name] = { share, struck, ...(only !== undefined && { only }) };
  };

  return {
    faults: {
      ...byName(
        (name) =>
          (share = 1, only?: string) =>
            set(name, share, only),
      ),
      off: () => {
        for (const name of names) set(name, 0);
      },
      state: () => byName((name) => ({ ...state[name] })),
    },
    strikes: (name, subject) => {
      const { share, only = subject } = state[name];
      if (share === 0 || only !== subject || draws[name]() >= share) return false;
      state[name].struck += 1;
      return true;
    },
    chance: randomFrom(seed * 31 + names.length),
  };
}

/** Mulberry32: numbers from 0 up to 1, the same for the same seed. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
