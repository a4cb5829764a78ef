/** The ids that an event of orders carries, read off its text: where they stand is what its publishers promise. */
export interface EventIds {
  eventId: string | undefined;
  correlationId: string | undefined;
  causationId: string | undefined;
}

/** Parses no more than it must: it is asked of each event that is published. */
export function eventIdsIn(json: string): EventIds {
  const [metadata = ''] = /"metadata":\s*\{[^{}]*/.exec(json) ?? [];
  return {
    eventId: textIn(metadata, 'eventId'),
    correlationId: textIn(metadata, 'correlationId'),
    causationId: textIn(metadata, 'causationId'),
  };
}

const textIn = (json: string, name: string): string | undefined =>
  new RegExp(`"${name}":\\s*"([^"\\\\]*)"`).exec(json)?.[1];
