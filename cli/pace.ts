import type { Context } from './command.ts';

/** Lets through so many a second; resolves at once when `interrupted` aborts. */
export function createPace(
  rate: number | undefined,
  { now, pause, interrupted }: Pick<Context, 'now' | 'pause' | 'interrupted'>,
): () => Promise<void> {
  if (rate === undefined) return () => Promise.resolve();
  let next = 0;
  return async () => {
    const at = Math.max(now(), next);
    next = at + 1000 / rate;
    if (at > now()) await pause(at - now(), interrupted);
  };
}
