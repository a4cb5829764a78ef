import { explained } from '../aws/failures.ts';
import type { Filter } from '../filter.ts';
import type { Report } from '../terminal/report.ts';
import type { Letter, Place } from './letter.ts';

export interface Counts {
  seen: number;
  redelivered: number;
  skipped: number;
  failed: number;
}

/** More than these are not given back at the end: they come back by themselves. */
const mostHeld = 10_000;

/**
 * Takes at most so many letters, each once, and redelivers those that pass: a letter is removed after its redelivery was
 * accepted, and given back when it was not. It ends though more are put here meanwhile, be they the same events again.
 */
export async function redrive(
  place: Place,
  most: number,
  options: {
    passes: Filter;
    dryRun: boolean;
    pace: () => Promise<void>;
    interrupted: AbortSignal;
    report: Report;
    progress: (counts: Counts) => void;
    failure: (letter: Letter, why: string) => void;
  },
): Promise<Counts & { destinations: Record<string, number> }> {
  const { passes, dryRun, pace, interrupted, report, progress, failure } = options;
  const counts: Counts = { seen: 0, redelivered: 0, skipped: 0, failed: 0 };
  const destinations = new Map<string, number>();
  const held: Letter[] = [];

  const hold = (letter: Letter) => {
    held.push(letter);
    if (held.length > mostHeld) held.shift();
  };
  const isOver = () => interrupted.aborted;
  const one = async (letter: Letter): Promise<void> => {
    const { id, eventId, destination } = letter;
    const about = { id, ...(eventId !== undefined && { eventId }), destination };
    if (!passes(letter.subjects)) {
      counts.seen += 1;
      counts.skipped += 1;
      hold(letter);
      return;
    }
    if (!dryRun && !isOver()) await pace();
    if (isOver()) {
      hold(letter);
      return;
    }
    counts.seen += 1;
    destinations.set(destination, (destinations.get(destination) ?? 0) + 1);
    if (dryRun) {
      report.add({ ...about, outcome: 'would be redelivered' });
      hold(letter);
      return;
    }
    try {
      await letter.redeliver();
      await letter.remove();
      counts.redelivered += 1;
      report.add({ ...about, outcome: 'redelivered' });
    } catch (error) {
      counts.failed += 1;
      report.add({ ...about, outcome: 'failed', error: explained(error) });
      failure(letter, explained(error));
      hold(letter);
    }
  };

  try {
    for await (const batch of place.take(most)) {
      await Promise.all(batch.map(one));
      progress(counts);
      if (isOver()) break;
    }
  } finally {
    for (let first = 0; first < held.length; first += 10) {
      await Promise.all(held.slice(first, first + 10).map((letter) => letter.release()));
    }
  }
  return { ...counts, destinations: Object.fromEntries(destinations) };
}
