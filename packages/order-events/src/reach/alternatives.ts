import { matches, type Explanation } from 'event-pattern';
import type { Leaves, Schema } from './leaves.ts';

/** One alternative that a pattern gives a field. */
export type Alternative = Pick<Explanation['clauses'][number], 'operator' | 'expected'>;

/** Whether an event that has such leaves at the field may meet the alternative. When in doubt, it may. */
export function canMeet(alternative: Alternative, { schemas, mayBeAbsent }: Leaves): boolean {
  const { operator, expected } = alternative;
  if (operator === 'exists') return expected === true ? schemas.length > 0 : mayBeAbsent;
  const pattern = { field: [operator === 'equals' ? expected : { [operator]: expected }] };
  return schemas.some((schema) => {
    const values = valuesOf(schema, expected);
    if (values) return values.some((field) => matches(pattern, { field }));
    return isMetByText(alternative, schema.pattern);
  });
}

/** Values that stand for all that the schema allows; undefined where none can, as for text. */
function valuesOf({ type, const: only, enum: values, minimum = 0 }: Schema, expected: unknown) {
  if (only !== undefined) return [only];
  if (values) return values;
  if (type === 'null') return [null];
  if (type !== 'integer') return undefined;
  return [minimum, ...numbersIn(expected).flatMap(around), 2 ** 40].filter((value) => value >= minimum);
}

const numbersIn = (expected: unknown): number[] =>
  [expected].flat().filter((one): one is number => typeof one === 'number');

const around = (bound: number): number[] => [
  Math.floor(bound) - 1,
  Math.floor(bound),
  Math.ceil(bound),
  Math.ceil(bound) + 1,
];

function isMetByText({ operator, expected }: Alternative, form: string | undefined): boolean {
  if (operator === 'numeric') return false;
  if (operator !== 'equals' && operator !== 'exactly') return true;
  return typeof expected === 'string' && (form === undefined || new RegExp(form).test(expected));
}
