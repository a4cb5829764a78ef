import { refuse, type InvalidPatternError, type Location } from '../invalid-pattern-error.ts';
import type { JsonTree } from '../json/tree.ts';
import { starsIn, type Operator } from './operator.ts';
import { readOperator } from './read-operator.ts';
import type { Grammar } from './read-text.ts';

/** One way to satisfy a pattern: every path, in order, needs one of its alternatives. */
export type Branch = ReadonlyMap<string, Field>;

export interface Field {
  readonly path: string;
  readonly alternatives: readonly Operator[];
}

/** How a pattern is read. */
export interface Reading {
  readonly grammar: Grammar;
  /** The most branches that `$or` may open. */
  readonly maxBranches: number;
  /** The most stars that the wildcards of one field may have. */
  readonly maxStars: number;
  /** Takes what is wrong, field by field. */
  readonly problems: InvalidPatternError[];
}

const MAX_FIELDS = 256;

export function readPattern(tree: JsonTree, reading: Reading): Branch[] {
  if (tree.kind !== 'object') return refuse([], 'a pattern is an object');
  const branches = readFields(tree, { reading, path: [], location: [], insideOr: false }, []);
  if (branches.some((branch) => branch.size > MAX_FIELDS)) refuse([], `more than ${MAX_FIELDS} fields`);
  return branches.map((branch) => new Map([...branch].sort(([a], [b]) => (a < b ? -1 : 1))));
}

interface Context {
  readonly reading: Reading;
  readonly path: readonly string[];
  readonly location: Location;
  readonly insideOr: boolean;
}

type OpenBranch = Map<string, Field>;

function readFields(
  object: Extract<JsonTree, { kind: 'object' }>,
  context: Context,
  before: OpenBranch[],
): OpenBranch[] {
  if (object.entries.length === 0) refuse(context.location, 'an object is empty');
  let branches = before;
  for (const [name, value] of object.entries) {
    try {
      branches = readMember(name, value, context, branches);
    } catch (problem) {
      context.reading.problems.push(problem as InvalidPatternError);
    }
  }
  return branches;
}

function readMember(name: string, value: JsonTree, context: Context, branches: OpenBranch[]): OpenBranch[] {
  const location = [...context.location, name];
  if (name === '$or' && !context.reading.grammar.orIsField)
    return readOr(value, { ...context, location }, branches);
  if (context.insideOr && RESERVED.has(name)) refuse(location, `${name} is no field name inside $or`);
  const path = [...context.path, name];
  switch (value.kind) {
    case 'object':
      return readFields(value, { ...context, path, location }, branches);
    case 'array':
      return withField(path.join('.'), value.items, { ...context, location }, branches);
    default:
      return refuse(location, 'a field takes an object or an array of alternatives');
  }
}

function withField(
  path: string,
  items: readonly JsonTree[],
  context: Context,
  branches: OpenBranch[],
): OpenBranch[] {
  if (items.length === 0) refuse(context.location, 'an array of alternatives is empty');
  const { grammar, maxStars } = context.reading;
  const alternatives = items.map((item, index) => readOperator(item, grammar, [...context.location, index]));
  const stars = alternatives.reduce((sum, { test }) => sum + starsIn(test), 0);
  if (stars > maxStars) refuse(context.location, `the wildcards of a field have more than ${maxStars} stars`);
  const open = branches.length === 0 ? [new Map<string, Field>()] : branches;
  for (const branch of open) branch.set(path, { path, alternatives });
  return open;
}

function readOr(value: JsonTree, context: Context, before: readonly OpenBranch[]): OpenBranch[] {
  if (value.kind !== 'array' || value.items.length < 2)
    return refuse(context.location, '$or takes an array of at least two objects');
  const branches: OpenBranch[] = [];
  for (const [index, item] of value.items.entries()) {
    const location = [...context.location, index];
    if (item.kind !== 'object') return refuse(location, '$or takes an array of objects');
    const copies = before.map((branch) => new Map(branch));
    const opened = copies.length === 0 ? [new Map<string, Field>()] : copies;
    branches.push(...readFields(item, { ...context, location, insideOr: true }, opened));
    if (branches.length > context.reading.maxBranches)
      refuse(context.location, `$or opens more than ${context.reading.maxBranches} branches`);
  }
  return branches;
}

/** Names the language keeps for itself inside `$or`. */
const RESERVED = new Set([
  ...[
    'exactly',
    'prefix',
    'suffix',
    'equals-ignore-case',
    'anything-but',
    'exists',
    'wildcard',
    'numeric',
    'cidr',
  ],
  ...['=', '<', '<=', '>', '>=', 'regex', 'not-wildcard', 'not-equals-ignore-case'],
  ...['date-after', 'date-on-or-after', 'date-before', 'date-on-or-before', 'in-date-range'],
  ...['ip-address-in-range', 'ip-address-not-in-range'],
]);
