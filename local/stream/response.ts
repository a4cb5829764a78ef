import type { Invocation } from '../parts.ts';
import type { StreamRecord } from './source.ts';

export type Verdict =
  | { is: 'unreached' }
  | { is: 'success' }
  /**
   * `functionError` as the record of a failure states it: null when the function answered. `divisible`: the bad
   * record is not known, so that halving may find it.
   */
  | { is: 'failure'; functionError: 'Unhandled' | null; divisible: boolean }
  /** All before this index are done; 1 at least. */
  | { is: 'partial'; from: number };

const malformed: Verdict = { is: 'failure', functionError: null, divisible: true };
const atTheFirst: Verdict = { is: 'failure', functionError: null, divisible: false };
const success: Verdict = { is: 'success' };

/** What an invocation says of its batch, by Lambda's rules. */
export function verdictOf(
  invocation: Invocation,
  records: readonly StreamRecord[],
  reportsItemFailures: boolean,
): Verdict {
  if (invocation.outcome === 'unreached') return { is: 'unreached' };
  if (invocation.outcome === 'failed') return { is: 'failure', functionError: 'Unhandled', divisible: true };
  return reportsItemFailures ? reported(invocation.payload, records) : success;
}

function reported(payload: unknown, records: readonly StreamRecord[]): Verdict {
  // An answer that names no failures is a success, a misspelled name included.
  if (typeof payload !== 'object' || payload === null) return success;
  const failures = (payload as { batchItemFailures?: unknown }).batchItemFailures;
  if (failures === undefined || failures === null) return success;
  if (!Array.isArray(failures)) return malformed;
  if (failures.length === 0) return success;
  const indexes = new Map(records.map(({ dynamodb }, index) => [dynamodb.SequenceNumber, index]));
  let first = records.length;
  for (const item of failures as unknown[]) {
    const identifier = (item as { itemIdentifier?: unknown } | null)?.itemIdentifier;
    const index = typeof identifier === 'string' ? indexes.get(identifier) : undefined;
    if (index === undefined) return malformed;
    first = Math.min(first, index);
  }
  // Where the first record failed nothing moves, so that the attempt counts.
  return first === 0 ? atTheFirst : { is: 'partial', from: first };
}
