import type { Round, Rounds } from '../../src/application/ports.ts';

export const inMemoryRounds = (): Rounds & { kept: Round[] } => {
  const kept: Round[] = [];
  return {
    kept,
    last: () => Promise.resolve(kept.at(-1)),
    keep: (round) => {
      kept.push(round);
      return Promise.resolve();
    },
  };
};
