import { isRecord, records, type Properties } from '../properties.ts';
import type { Metrics } from './store.ts';

// CloudWatch's limits of the embedded metric format.
const most = { dimensions: 30, metrics: 100, values: 100 };
const oldest = 14 * 24 * 60 * 60 * 1000;
const newest = 2 * 60 * 60 * 1000;

/** Takes the metrics out of a line of a log that states them in the embedded metric format. */
export function takeEmbedded(line: string, metrics: Metrics, now: number): void {
  if (!line.includes('"CloudWatchMetrics"')) return;
  const root = parsed(line);
  const metadata = root?.['_aws'];
  if (!root || !isRecord(metadata)) return;
  const { Timestamp: at } = metadata;
  if (typeof at !== 'number' || at < now - oldest || at > now + newest) return;
  for (const directive of records(metadata, 'CloudWatchMetrics')) {
    for (const [name, values] of valuesIn(directive, root)) {
      for (const dimensions of dimensionSets(directive, root)) {
        const measure = metrics.measure(String(directive['Namespace']), name, dimensions);
        for (const value of values) measure(value, at);
      }
    }
  }
}

function parsed(line: string): Properties | undefined {
  try {
    const root: unknown = JSON.parse(line);
    return isRecord(root) ? root : undefined;
  } catch {
    return undefined;
  }
}

/** A metric whose target is no number, or a list with more than a hundred, is left out. */
function valuesIn(directive: Properties, root: Properties): [name: string, values: number[]][] {
  return records(directive, 'Metrics')
    .slice(0, most.metrics)
    .flatMap(({ Name }) => {
      const target = root[String(Name)];
      const values: unknown[] = Array.isArray(target) ? target : [target];
      const good = values.length <= most.values && values.every((value) => typeof value === 'number');
      return good ? [[String(Name), values] as [string, number[]]] : [];
    });
}

/** A set with a dimension that the line has no text for is left out. */
function dimensionSets(directive: Properties, root: Properties): Record<string, string>[] {
  const sets = Array.isArray(directive['Dimensions']) ? (directive['Dimensions'] as unknown[]) : [];
  return sets.flatMap((set) => {
    if (!Array.isArray(set) || set.length > most.dimensions) return [];
    const entries = set.map((name) => [String(name), root[String(name)]] as const);
    return entries.every(([, value]) => typeof value === 'string')
      ? [Object.fromEntries(entries) as Record<string, string>]
      : [];
  });
}
