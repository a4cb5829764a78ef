import type { JsonSchema } from '../json-schema.ts';
import { type Alternative, alternativesOf, resolved } from './alternatives.ts';

/** By what a subscriber must expect who knows the old schema only; Zalando's rules 107 and 209 in the main. */
export type Effect = 'breaking' | 'minor' | 'patch';

export interface Difference {
  /** The field, its parts joined with dots; empty for the event itself. */
  path: string;
  effect: Effect;
  what: string;
}

interface Side {
  schema: JsonSchema;
  root: JsonSchema;
}

/** A rule for one keyword: whether the new value lets in what the old one kept out. */
const KEYWORDS: Record<string, (before: unknown, after: unknown) => boolean> = {
  minimum: (before, after) => after === undefined || Number(after) < Number(before),
  minLength: (before, after) => after === undefined || Number(after) < Number(before),
  minItems: (before, after) => after === undefined || Number(after) < Number(before),
  maximum: (before, after) => after === undefined || Number(after) > Number(before),
  maxLength: (before, after) => after === undefined || Number(after) > Number(before),
  maxItems: (before, after) => after === undefined || Number(after) > Number(before),
  pattern: (before, after) => before !== after,
  format: (before, after) => before !== after,
};
const ANNOTATIONS = ['title', 'description', 'examples', '$schema', '$comment'];
const ELSEWHERE = ['type', 'enum', 'const', 'properties', 'required', 'items', 'anyOf', '$ref', '$defs'];

const shown = (value: unknown): string => (value === undefined ? 'none' : JSON.stringify(value));
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
const difference = (path: string, effect: Effect, what: string): Difference => ({ path, effect, what });

const keywords = (path: string, before: JsonSchema, after: JsonSchema): Difference[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter(
      (keyword) =>
        ![...ELSEWHERE, ...ANNOTATIONS].includes(keyword) && !same(before[keyword], after[keyword]),
    )
    .map((keyword) => {
      const [old, new_] = [before[keyword], after[keyword]];
      const what = `${keyword} was ${shown(old)}, is ${shown(new_)}`;
      const widens = KEYWORDS[keyword];
      if (!widens) return difference(path, 'breaking', `${what}, which this check cannot judge`);
      return difference(path, old !== undefined && widens(old, new_) ? 'breaking' : 'minor', what);
    });

const annotations = (path: string, before: Side, after: Side): Difference[] => {
  const of = ({ schema, root }: Side): JsonSchema => ({ ...resolved(schema, root), ...schema });
  return ANNOTATIONS.filter((keyword) => !same(of(before)[keyword], of(after)[keyword])).map((keyword) =>
    difference(path, 'patch', `${keyword} changed`),
  );
};

const values = (path: string, before: Alternative, after: Alternative): Difference[] => {
  if (!before.values && !after.values) return [];
  if (!before.values) return [difference(path, 'minor', `is one of ${shown(after.values)} now`)];
  if (!after.values || (after.isOpen && !before.isOpen)) {
    return [difference(path, 'breaking', `was one of ${shown(before.values)}, may be anything now`)];
  }
  const [old, new_] = [before.values, after.values];
  const added = new_.filter((value) => !old.includes(value));
  const gone = old.filter((value) => !new_.includes(value));
  return [
    ...added.map((value) => {
      const what = `may be ${shown(value)} now`;
      return after.isOpen || before.isOpen
        ? difference(path, 'minor', what)
        : difference(path, 'breaking', `${what}, and the list was closed`);
    }),
    ...gone.map((value) => difference(path, 'breaking', `is never ${shown(value)} any more`)),
    ...(before.isOpen && !after.isOpen ? [difference(path, 'minor', 'is closed now')] : []),
  ];
};

const inside = (path: string, name: string): string => (path === '' ? name : `${path}.${name}`);

const fields = (path: string, before: Side, after: Side): Difference[] => {
  const [old, new_] = [before.schema.properties ?? {}, after.schema.properties ?? {}];
  const [mustOld, mustNew] = [before.schema.required ?? [], after.schema.required ?? []];
  const names = [...new Set([...Object.keys(old), ...Object.keys(new_), ...mustOld, ...mustNew])];
  return names.flatMap((name) => {
    const at = inside(path, name);
    const [was, is] = [old[name], new_[name]];
    const always = [mustOld.includes(name), mustNew.includes(name)];
    const presence = [
      ...(always[0] && !always[1] ? [difference(at, 'breaking', 'was always there, and is not now')] : []),
      ...(!always[0] && always[1] && was ? [difference(at, 'minor', 'is always there now')] : []),
    ];
    if (was && is) return [...presence, ...compare(at, { ...before, schema: was }, { ...after, schema: is })];
    if (was) return [difference(at, 'breaking', 'is gone')];
    if (!is) return presence;
    const closed = before.schema['additionalProperties'] === false;
    return [
      ...presence,
      difference(at, closed ? 'breaking' : 'minor', `is new${always[1] ? ', and always there' : ''}`),
    ];
  });
};

/** What is true of a whole number is true of a number. */
const covers = (before: Alternative, after: Alternative): boolean =>
  before.type === after.type ||
  before.type === 'anything' ||
  (before.type === 'number' && after.type === 'integer');

const isAmbiguous = (alternatives: readonly Alternative[]): boolean =>
  new Set(alternatives.map(({ type }) => type)).size < alternatives.length;

const compare = (path: string, before: Side, after: Side): Difference[] => {
  const old = alternativesOf(before.schema, before.root);
  const new_ = alternativesOf(after.schema, after.root);
  if (isAmbiguous(old) || isAmbiguous(new_)) {
    const unchanged = same(old, new_);
    return unchanged ? [] : [difference(path, 'breaking', 'changed in a way that this check cannot judge')];
  }
  const gone = old.filter((was) => !new_.some((is) => covers(was, is)));
  return [
    ...annotations(path, before, after),
    ...gone.map(({ type }) => difference(path, 'minor', `is never ${type} any more`)),
    ...new_.flatMap((is) => {
      const was = old.find(({ type }) => type === is.type) ?? old.find((each) => covers(each, is));
      if (!was) return [difference(path, 'breaking', `may be ${is.type} now`)];
      const sides = [
        { schema: was.schema, root: before.root },
        { schema: is.schema, root: after.root },
      ] as const;
      const narrowed = was.type === is.type ? [] : [difference(path, 'minor', `is ${is.type} now`)];
      return [
        ...narrowed,
        ...keywords(path, was.schema, is.schema),
        ...values(path, was, is),
        ...fields(path, ...sides),
        ...items(path, ...sides),
      ];
    }),
  ];
};

const items = (path: string, before: Side, after: Side): Difference[] => {
  const [was, is] = [before.schema.items, after.schema.items];
  if (!was && !is) return [];
  return compare(
    `${path}[]`,
    { schema: was ?? {}, root: before.root },
    { schema: is ?? {}, root: after.root },
  );
};

/** What differs, for whoever knows `before` and gets what `after` allows. */
export const differences = (before: JsonSchema, after: JsonSchema): Difference[] =>
  compare('', { schema: before, root: before }, { schema: after, root: after });
