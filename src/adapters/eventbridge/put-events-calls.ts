import type { PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';

export const MAX_ENTRIES = 10;
/** A request must stay below this; see the user guide on PutEvents entry sizes. */
export const MAX_REQUEST_BYTES = 1_048_576;
const TIME_BYTES = 14;

/** As EventBridge counts it: UTF-8 bytes, not characters; bus name and trace header are not counted. */
export const entryBytes = ({
  Time,
  Source,
  DetailType,
  Detail,
  Resources = [],
}: PutEventsRequestEntry): number =>
  [Source, DetailType, Detail, ...Resources].reduce(
    (bytes, text) => bytes + Buffer.byteLength(text ?? ''),
    Time ? TIME_BYTES : 0,
  );

/** Packs in order, each call below both limits. */
export const callsOf = <T extends { entry: PutEventsRequestEntry; bytes: number }>(
  waiting: readonly T[],
): T[][] => {
  const calls: T[][] = [];
  let call: T[] = [];
  let bytes = 0;
  for (const next of waiting) {
    if (call.length === MAX_ENTRIES || (call.length > 0 && bytes + next.bytes >= MAX_REQUEST_BYTES)) {
      calls.push(call);
      call = [];
      bytes = 0;
    }
    call.push(next);
    bytes += next.bytes;
  }
  return call.length > 0 ? [...calls, call] : calls;
};
