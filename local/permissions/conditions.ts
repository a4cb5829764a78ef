import { type Access, untold } from '../parts.ts';
import { isRecord } from '../properties.ts';
import { conditionKeys } from './condition-keys.ts';
import type { Refuse } from './refusal.ts';
import { arnPattern, wildcard, type Fits } from './wildcards.ts';

export type Context = NonNullable<Access['context']>;

/** The values of a key in a request; undefined where it has no such key. */
export type ValueOf = (key: string) => Context[string] | undefined;

/** Undefined where it cannot be told here. */
export type Verdict = boolean | undefined;

export type Holds = (valueOf: ValueOf) => Verdict;

interface Operator {
  /** Whether a value fits the policy's; undefined for a policy's value that makes no sense. */
  fits: (wanted: string) => Fits | undefined;
  negated: boolean;
}

const exactly =
  (wanted: string): Fits =>
  (text) =>
    text === wanted;
const inAnyCase =
  (wanted: string): Fits =>
  (text) =>
    text.toLowerCase() === wanted.toLowerCase();
const bool = (wanted: string) => (/^(true|false)$/.test(wanted) ? exactly(wanted) : undefined);

const is = (fits: Operator['fits']): Operator => ({ fits, negated: false });
const isNot = (fits: Operator['fits']): Operator => ({ fits, negated: true });

const operators: Readonly<Record<string, Operator>> = {
  StringEquals: is(exactly),
  StringNotEquals: isNot(exactly),
  StringEqualsIgnoreCase: is(inAnyCase),
  StringNotEqualsIgnoreCase: isNot(inAnyCase),
  StringLike: is(wildcard),
  StringNotLike: isNot(wildcard),
  ArnEquals: is(arnPattern),
  ArnLike: is(arnPattern),
  ArnNotEquals: isNot(arnPattern),
  ArnNotLike: isNot(arnPattern),
  Bool: is(bool),
};

/** All operators and all their keys must hold; one of a key's values is enough. */
export function compileConditions(block: unknown, allows: boolean, refuse: Refuse): Holds {
  if (block === undefined) return () => true;
  if (!isRecord(block)) return refuse('Condition is not an object');
  const all = Object.entries(block).flatMap(([operator, keys]) => {
    if (!isRecord(keys)) return refuse(`${operator} is not an object`);
    return Object.entries(keys).map(([key, values]) => {
      if (!conditionKeys.has(key.toLowerCase()))
        return refuse(`the local runtime does not know the condition key ${key}`);
      if (allows && operator.startsWith('ForAllValues:') && !requires(block, key))
        return refuse(
          `${operator} on ${key} also holds for requests without that key: put "Null": { "${key}": "false" } beside it`,
        );
      const test = compileTest(operator, wantedIn(values, refuse), refuse);
      const name = key.toLowerCase();
      return (valueOf: ValueOf): Verdict => {
        const given = valueOf(name);
        return given === untold ? undefined : test(listOf(given));
      };
    });
  });
  return (valueOf) => {
    let verdict: Verdict = true;
    for (const holds of all) {
      const each = holds(valueOf);
      if (each === false) return false;
      verdict &&= each;
    }
    return verdict;
  };
}

type Test = (values: readonly string[]) => Verdict;

/** No values: the request has no such key. */
function compileTest(given: string, wanted: readonly string[], refuse: Refuse): Test {
  if (given === 'Null') {
    const [absent, ...more] = wanted.map((value) => value.toLowerCase());
    if (more.length > 0 || (absent !== 'true' && absent !== 'false'))
      return refuse('Null takes "true" or "false"');
    return (values) => (values.length === 0) === (absent === 'true');
  }
  const [, set, name = '', ifExists] = /^(ForAllValues:|ForAnyValue:)?(.+?)(IfExists)?$/.exec(given) ?? [];
  const operator = operators[name];
  if (!operator) return refuse(`the local runtime does not know the condition operator ${given}`);
  const { fits, negated } = operator;
  const patterns = wanted.map((value) => fits(value) ?? refuse(`${given} does not take "${value}"`));
  const matches: Fits = (value) => patterns.some((each) => each(value)) !== negated;
  return (values) => {
    if (values.length === 0) {
      if (ifExists !== undefined || set === 'ForAllValues:') return true;
      return set === undefined && negated;
    }
    if (set === 'ForAllValues:') return values.every(matches);
    if (set === 'ForAnyValue:') return values.some(matches);
    // AWS asks for one of the two above where a key has several values, and does not say what comes of it without.
    return values.length === 1 ? values.every(matches) : undefined;
  };
}

/** Whether the condition holds only for requests that have the key. */
function requires(block: Record<string, unknown>, key: string): boolean {
  const keys = isRecord(block['Null']) ? Object.entries(block['Null']) : [];
  return keys.some(
    ([name, value]) => name.toLowerCase() === key.toLowerCase() && String(value).toLowerCase() === 'false',
  );
}

function wantedIn(values: unknown, refuse: Refuse): string[] {
  const list: unknown[] = Array.isArray(values) ? values : [values];
  if (list.length === 0) return refuse('a condition has no values');
  return list.map((value) => {
    if (typeof value !== 'string' && typeof value !== 'boolean' && typeof value !== 'number')
      return refuse('a condition has a value that is no text');
    const text = String(value);
    return text.includes('${') ? refuse(`the local runtime does not know the variable in "${text}"`) : text;
  });
}

const listOf = (given: string | readonly string[] | undefined): readonly string[] =>
  given === undefined ? [] : typeof given === 'string' ? [given] : given;
