import type { Item } from './item.ts';

/** DynamoDB's expressions as far as the repository writes them: conditions joined by AND; anything else is refused. */

const TOKEN = /[#:]?[A-Za-z_][A-Za-z0-9_]*|<=|>=|[<>=()]/g;

const compare = (a: unknown, operator: string, b: unknown): boolean => {
  if (typeof a !== typeof b || (typeof a !== 'string' && typeof a !== 'number')) return false;
  const [left, right] = [a, b as typeof a];
  switch (operator) {
    case '=':
      return left === right;
    case '<':
      return left < right;
    case '<=':
      return left <= right;
    case '>':
      return left > right;
    case '>=':
      return left >= right;
    default:
      throw new Error(`The simulation does not know the operator ${operator}`);
  }
};

export interface Substitutes {
  ExpressionAttributeNames?: Record<string, string> | undefined;
  ExpressionAttributeValues?: Record<string, unknown> | undefined;
}

type Test = (item: Item, substitutes: Substitutes) => boolean;

const nameOf = (token: string, { ExpressionAttributeNames = {} }: Substitutes): string =>
  token.startsWith('#') ? (ExpressionAttributeNames[token] ?? token) : token;

const valueOf = (token: string, { ExpressionAttributeValues = {} }: Substitutes): unknown => {
  if (!(token in ExpressionAttributeValues)) throw new Error(`No value ${token} is given`);
  return ExpressionAttributeValues[token];
};

const parse = (expression: string): Test[] => {
  const tokens = expression.match(TOKEN) ?? [];
  let at = 0;
  const take = (expected?: string): string => {
    const token = tokens[at] ?? 'the end';
    at += 1;
    if (expected !== undefined && token !== expected) throw new Error(`${expected} expected, not ${token}`);
    return token;
  };
  const condition = (): Test => {
    const name = take();
    if (name === 'attribute_exists' || name === 'attribute_not_exists') {
      take('(');
      const attribute = take();
      take(')');
      return (item, given) =>
        (item[nameOf(attribute, given)] !== undefined) === (name === 'attribute_exists');
    }
    const operator = take();
    if (operator === 'BETWEEN') {
      const low = take();
      take('AND');
      const high = take();
      return (item, given) => {
        const value = item[nameOf(name, given)];
        return compare(value, '>=', valueOf(low, given)) && compare(value, '<=', valueOf(high, given));
      };
    }
    const operand = take();
    return (item, given) => compare(item[nameOf(name, given)], operator, valueOf(operand, given));
  };
  const tests = [condition()];
  while (at < tokens.length) {
    take('AND');
    tests.push(condition());
  }
  return tests;
};

const parsed = new Map<string, Test[]>();

/** Whether the expression holds for the item; an absent item is one without attributes. */
export const holds = (expression: string, item: Item | undefined, substitutes: Substitutes): boolean => {
  let tests = parsed.get(expression);
  if (!tests) parsed.set(expression, (tests = parse(expression)));
  return tests.every((test) => test(item ?? {}, substitutes));
};
