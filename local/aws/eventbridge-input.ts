import { InvalidPatternError } from '../../packages/event-pattern/src/index.ts';
import type { PutEventsEntry } from '../bus/entries.ts';
import { isRecord, numeric, text, texts, type Properties } from '../properties.ts';
import { AwsError } from './service.ts';

export function required(input: Properties, field: string): string {
  const value = text(input, field);
  if (value !== undefined) return value;
  const at = field.charAt(0).toLowerCase() + field.slice(1);
  throw new AwsError(
    'ValidationException',
    `1 validation error detected: Value null at '${at}' failed to satisfy constraint: Member must not be null`,
  );
}

export function withPattern<T>(use: () => T): T {
  try {
    return use();
  } catch (error) {
    if (!(error instanceof InvalidPatternError)) throw error;
    throw new AwsError(
      'InvalidEventPatternException',
      `Event pattern is not valid. Reason: ${error.message}`,
    );
  }
}

const textFields = ['Source', 'DetailType', 'Detail', 'EventBusName', 'TraceHeader'] as const;

export function putEventsEntries({ Entries = [] }: Properties): PutEventsEntry[] {
  if (Array.isArray(Entries) && Entries.every(isRecord)) return Entries.map(putEventsEntry);
  throw new AwsError('SerializationException', 'Entries is not a list of structures.');
}

function putEventsEntry(given: Properties): PutEventsEntry {
  const entry: PutEventsEntry = { Resources: texts(given, 'Resources') };
  for (const field of textFields) {
    const value = given[field];
    if (value === undefined || value === null) continue;
    if (typeof value !== 'string') throw new AwsError('SerializationException', `${field} is not a string.`);
    entry[field] = value;
  }
  const time = numeric(given, 'Time');
  if (time === undefined && given['Time'] !== undefined && given['Time'] !== null)
    throw new AwsError('SerializationException', 'Time is not a number of seconds.');
  if (time === undefined) return entry;
  if (Math.abs(time) > 8_640_000_000_000)
    throw new AwsError('SerializationException', 'Time is out of range.');
  return { ...entry, Time: time };
}
