import type { Terminal } from './terminal.ts';

const width = 30;

export interface Progress {
  /** `share` of the whole, from 0 to 1. */
  show(share: number, words: string): void;
  end(): void;
}

/** A bar on standard error; nothing where that is no terminal. */
export function createProgress(terminal: Terminal, now: () => number): Progress {
  const startedAt = now();
  return {
    show: (share, words) => {
      const done = Math.min(1, Math.max(0, share));
      const filled = Math.round(done * width);
      const left = done > 0 ? ((now() - startedAt) * (1 - done)) / done : NaN;
      const eta = Number.isNaN(left) ? '' : `, ${Math.ceil(left / 1000)}s left`;
      const bar = '#'.repeat(filled) + '-'.repeat(width - filled);
      terminal.showLine(`[${bar}] ${Math.floor(done * 100)}%  ${words}${eta}`);
    },
    end: () => terminal.showLine(''),
  };
}
