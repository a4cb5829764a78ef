/**
 * Stands in for @smithy/core/event-streams in the bundles: the SDK loads it for operations that stream events, and the
 * functions call none.
 */
export function EventStreamSerde(): never {
  throw new Error(
    'The bundles leave out event streams, which this operation needs: see LEFT_OUT in infra/bundle.ts.',
  );
}

export const eventStreamSerdeProvider = EventStreamSerde;

/** What the client of S3 asks when it is made, whatever it is made for. */
export const resolveEventStreamSerdeConfig = <Config>(config: Config): Config => config;
