import type { PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';

export const MAX_ENTRIES = 10;
/** A request must stay below this; see the user guide on PutEvents entry sizes. */
export const MAX_REQUEST_BYTES = 1_048_576;
const TIME_BYTES = 14;

/** As EventBridge counts it: UTF-8 bytes, not characters; bus name and trace header are not counted. */
export const entryBytes = ({ Time, Source, DetailType, Detail }: PutEventsRequestEntry): number =>
  Buffer.byteLength([Source, DetailType, Detail].join('')) + (Time ? TIME_BYTES : 0);

/** Packs in order, each call below both limits. */
export const callsOf = <T extends { bytes: number }>(waiting: readonly T[]): T[][] => {
  const calls: T[][] = [];
  let bytes = 0;
  for (const next of waiting) {
    const call = calls.at(-1);
    bytes += next.bytes;
    if (call && call.length < MAX_ENTRIES && bytes < MAX_REQUEST_BYTES) call.push(next);
    else {
      calls.push([next]);
      bytes = next.bytes;
    }
  }
  return calls;
};
