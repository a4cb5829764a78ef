import type { Resource } from '../parts.ts';
import { Unready } from '../unready.ts';
import { support } from './support.ts';

/** A type, or a property of one, that the template holds and the runtime does not run as AWS does. */
export interface Note {
  type: string;
  property?: string;
  level: 'approximated' | 'not run';
  words: string;
  logicalIds: string[];
}

const remedy = 'teach it in local/template/support.ts, or leave it out of this stage';

/** Unready for a type, or a property of an emulated type, that the support table does not name. */
export function check(resources: readonly Resource[]): Note[] {
  const notes = new Map<string, Note>();
  const add = (logicalId: string, about: Omit<Note, 'logicalIds'>) => {
    const name = `${about.type} ${about.property ?? ''}`;
    const note = notes.get(name) ?? { ...about, logicalIds: [] };
    note.logicalIds.push(logicalId);
    notes.set(name, note);
  };
  for (const { type, logicalId, properties } of resources) {
    const entry = support[type];
    if (!entry)
      throw new Unready(
        `The local runtime does not know the type ${type} (resource ${logicalId}): ${remedy}.`,
      );
    if (entry.level === 'emulated') {
      const known = new Set([...entry.runs, ...entry.noEffect, ...Object.keys(entry.leftOut)]);
      const paths = new Set(pathsOf(properties, '', known));
      for (const property of paths) {
        const words = entry.leftOut[property];
        if (words !== undefined) add(logicalId, { type, property, level: 'not run', words });
        else if (!known.has(property)) {
          throw new Unready(
            `The local runtime does not know the property ${property} of ${type} (resource ${logicalId}): ${remedy}.`,
          );
        }
      }
      continue;
    }
    const words = entry.level === 'approximated' ? entry.how : entry.why;
    add(logicalId, { type, level: entry.level, words });
  }
  return [...notes].sort(([a], [b]) => a.localeCompare(b)).map(([, note]) => note);
}

/** The properties that are known by their whole path, and of the others what stands nowhere. */
function pathsOf(value: unknown, prefix: string, known: ReadonlySet<string>): string[] {
  if (Array.isArray(value)) return value.flatMap((each) => pathsOf(each, prefix, known));
  if (typeof value !== 'object' || value === null) return prefix === '' ? [] : [prefix.slice(0, -1)];
  return Object.entries(value).flatMap(([key, inner]) => {
    const path = prefix + key;
    const isInside = !known.has(path) && [...known].some((each) => each.startsWith(`${path}.`));
    return isInside ? pathsOf(inner, `${path}.`, known) : [path];
  });
}
