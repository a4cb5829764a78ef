/** Draws that follow from a seed alone, so that a run can be made again. */
export interface Chance {
  /** From 0 up to, and not including, 1. */
  fraction: () => number;
  /** A whole number; both bounds included. */
  between: (least: number, most: number) => number;
  happens: (probability: number) => boolean;
  pick<T>(from: readonly T[]): T;
}

/** Spreads a number over 32 bits: neighbours go far apart. */
const spread = (value: number): number => {
  let bits = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
};

/** One seed out of several numbers and names. */
export const seedOf = (...parts: (number | string)[]): number => {
  let seed = 0x9e3779b9;
  for (const part of parts) {
    if (typeof part === 'number') seed = spread(seed + Math.imul(part + 1, 0x9e3779b1));
    else for (let at = 0; at < part.length; at += 1) seed = spread(seed ^ (part.charCodeAt(at) + at));
  }
  return seed;
};

/** mulberry32. */
export const chanceOf = (seed: number): Chance => {
  let state = seed >>> 0;
  const fraction = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let bits = Math.imul(state ^ (state >>> 15), state | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    fraction,
    between: (least, most) => least + Math.floor(fraction() * (most - least + 1)),
    happens: (probability) => fraction() < probability,
    pick: <T>(from: readonly T[]): T => from[Math.floor(fraction() * from.length)] as T,
  };
};
