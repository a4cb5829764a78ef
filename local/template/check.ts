import type { Resource } from '../parts.ts';
import { Unready } from '../unready.ts';
import { support } from './support.ts';

/** A type that the template holds and the runtime does not run as AWS does. */
export interface Note {
  type: string;
  level: 'approximated' | 'not run';
  words: string;
  logicalIds: string[];
}

const remedy = 'teach it in local/template/support.ts, or leave it out of this stage';

/** Unready for a type, or a property of an emulated type, that the support table does not name. */
export function check(resources: readonly Resource[]): Note[] {
  const notes = new Map<string, Note>();
  for (const { type, logicalId, properties } of resources) {
    const entry = support[type];
    if (!entry)
      throw new Unready(
        `The local runtime does not know the type ${type} (resource ${logicalId}): ${remedy}.`,
      );
    if (entry.level === 'emulated') {
      const unknown = firstUnknown(properties, '', [...entry.runs, ...entry.noEffect]);
      if (unknown === undefined) continue;
      throw new Unready(
        `The local runtime does not know the property ${unknown} of ${type} (resource ${logicalId}): ${remedy}.`,
      );
    }
    const words = entry.level === 'approximated' ? entry.how : entry.why;
    const note = notes.get(type) ?? { type, level: entry.level, words, logicalIds: [] };
    note.logicalIds.push(logicalId);
    notes.set(type, note);
  }
  return [...notes.values()].sort((a, b) => a.type.localeCompare(b.type));
}

function firstUnknown(value: unknown, prefix: string, known: readonly string[]): string | undefined {
  if (Array.isArray(value)) {
    return value.map((each) => firstUnknown(each, prefix, known)).find((each) => each !== undefined);
  }
  if (typeof value !== 'object' || value === null) return prefix === '' ? undefined : prefix.slice(0, -1);
  for (const [key, inner] of Object.entries(value)) {
    const path = prefix + key;
    if (known.includes(path)) continue;
    if (!known.some((each) => each.startsWith(`${path}.`))) return path;
    const unknown = firstUnknown(inner, `${path}.`, known);
    if (unknown !== undefined) return unknown;
  }
  return undefined;
}
