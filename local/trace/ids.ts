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
  copied(new RegExp(`"${name}":\\s*"([^"\\\\]*)"`).exec(json)?.[1]);

/** What is found in a text keeps the whole text in memory, unless it is copied. */
export const copied = (found: string | undefined): string | undefined =>
  found === undefined ? undefined : Buffer.from(found).toString();
