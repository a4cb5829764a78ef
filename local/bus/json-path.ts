import { isRecord } from '../properties.ts';

/** $.a.b, $['a'], $.list[0], $.list[*].x, $.a.*: a star gives a list. Undefined where there is nothing. */
export function jsonPath(root: unknown, path: string): unknown {
  const steps = [...path.replace(/^\$/, '').matchAll(/\.([^.[\]]+)|\['([^']*)'\]|\[(\d+|\*)\]/g)].map(
    ([, dotted, quoted, index]) => dotted ?? quoted ?? index ?? '',
  );
  return walk(root, steps);
}

function walk(value: unknown, steps: readonly string[]): unknown {
  const [step, ...rest] = steps;
  if (step === undefined) return value;
  if (step === '*') {
    const members: unknown[] = Array.isArray(value) ? value : isRecord(value) ? Object.values(value) : [];
    return members.map((member) => walk(member, rest)).filter((found) => found !== undefined);
  }
  if (Array.isArray(value)) return walk(value[Number(step)] as unknown, rest);
  return isRecord(value) && Object.hasOwn(value, step) ? walk(value[step], rest) : undefined;
}
