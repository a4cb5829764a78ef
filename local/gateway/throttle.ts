import type { Clock } from '../parts.ts';
import type { Throttling } from './api.ts';

/** A token bucket: says whether one more request may pass now. */
export function createThrottle({ ratePerSecond, burst }: Throttling, clock: Clock): () => boolean {
  let tokens = burst;
  let filledAt = clock.now();
  return () => {
    const now = clock.now();
    tokens = Math.min(burst, tokens + (Math.max(0, now - filledAt) / 1000) * ratePerSecond);
    filledAt = now;
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
}
