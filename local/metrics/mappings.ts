import type { Metrics } from './store.ts';

/** Told how many records of a stream come how far, as AWS/Lambda counts them for an event source mapping. */
export interface MappingMeter {
  /** 0 for a read that found none. */
  polled: (records: number) => void;
  /** Of a mapping with filters: 1 for a record that none lets pass, 0 for another. */
  filtered: (out: number) => void;
  /** Each time that a record is sent to the function, whatever comes of it. */
  invoked: (records: number) => void;
  /** What the function could not be given, failed on, or reported as failed. */
  failed: (records: number) => void;
  /** Given up and kept nowhere. */
  dropped: (records: number) => void;
  /** Given up and kept at the destination on failure. */
  kept: (records: number) => void;
}

export function mappingMeter(metrics: Metrics, id: string): MappingMeter {
  const count = (name: string) => metrics.measure('AWS/Lambda', name, { EventSourceMappingUUID: id });
  return {
    polled: count('PolledEventCount'),
    filtered: count('FilteredOutEventCount'),
    invoked: count('InvokedEventCount'),
    failed: count('FailedInvokeEventCount'),
    dropped: count('DroppedEventCount'),
    kept: count('OnFailureDestinationDeliveredEventCount'),
  };
}
