import type { LogLine } from '../parts.ts';
import { numeric, type Properties } from '../properties.ts';
import { AwsError } from './service.ts';

const mostEvents = 10_000;

export function limitIn(input: Properties): number {
  const limit = numeric(input, 'limit') ?? mostEvents;
  if (Number.isInteger(limit) && limit >= 1 && limit <= mostEvents) return limit;
  throw new AwsError(
    'InvalidParameterException',
    `limit is a whole number from 1 to ${mostEvents}, not ${limit}.`,
  );
}

/**
 * The place before the line at `index`, as TIME/COUNT: behind it are so many lines of that time, and all of earlier times.
 * It stays right while lines come and old ones go.
 */
export function placeAt(lines: readonly LogLine[], index: number): string {
  const time = lines[index - 1]?.timestamp ?? 0;
  return `${time}/${lines.slice(0, index).filter(({ timestamp }) => timestamp === time).length}`;
}

/** Of lines by time, the index that a place stands for. */
export function indexAt(lines: readonly LogLine[], place: string): number {
  const [, time, count] = /^(\d+(?:\.\d+)?)\/(\d+)$/.exec(place) ?? [];
  if (time === undefined) {
    throw new AwsError('InvalidParameterException', 'The specified nextToken is invalid.');
  }
  const first = lines.findIndex(({ timestamp }) => timestamp >= Number(time));
  // Of lines that are gone meanwhile none is passed over.
  const ofThatTime = lines.filter(({ timestamp }) => timestamp === Number(time)).length;
  return first < 0 ? lines.length : first + Math.min(Number(count), ofThatTime);
}
