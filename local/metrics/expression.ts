import { combined, compared, functions, negated, type Scope, type Value } from './math.ts';
import { NotEvaluated } from './statistics.ts';

export interface Expression {
  /** The ids of metrics and of other expressions that it names. */
  ids: readonly string[];
  evaluate(scope: Scope): Value;
}

type Node = (scope: Scope) => Value;

const token = /\s*(?:(\d+(?:\.\d+)?)|([A-Za-z_]\w*)|"([^"]*)"|(<=|>=|==|!=|&&|\|\||[-+*/()<>,[\]]))/y;

/** A metric math expression; NotEvaluated, naming what it is, for what is not evaluated here. */
export function parseExpression(text: string): Expression {
  const tokens = tokensOf(text);
  const ids = new Set<string>();
  let place = 0;

  const refuse = (what: string): never => {
    throw new NotEvaluated(`the expression "${text}" ${what}`);
  };
  const peek = () => tokens[place];
  const takes = (...texts: string[]): string | undefined => {
    const next = peek();
    if (next?.kind !== 'sign' || !texts.includes(next.text)) return undefined;
    place += 1;
    return next.text;
  };
  const expect = (sign: string) => takes(sign) ?? refuse(`lacks "${sign}"${at()}`);
  const at = () => (peek() ? ` at "${peek()?.text ?? ''}"` : ' at its end');

  /** One level of operators of the same rank, from the left. */
  const level = (operand: () => Node, operators: string[], combine: typeof combined) => (): Node => {
    let left = operand();
    for (let operator = takes(...operators); operator !== undefined; operator = takes(...operators)) {
      const [a, b, sign] = [left, operand(), operator];
      left = (scope) => combine(sign, a(scope), b(scope));
    }
    return left;
  };

  const list = (end: string): Node[] => {
    const nodes: Node[] = [];
    if (takes(end) !== undefined) return nodes;
    do nodes.push(whole());
    while (takes(',') !== undefined);
    expect(end);
    return nodes;
  };

  const call = (name: string): Node => {
    if (name === 'METRICS') {
      const next = peek();
      const containing = next?.kind === 'text' ? next.text : undefined;
      if (containing !== undefined) place += 1;
      expect(')');
      return ({ metrics }) => metrics(containing);
    }
    const known = functions[name];
    if (!known) {
      return refuse(
        `uses ${name}, which is not evaluated here: METRICS, ${Object.keys(functions).join(', ')} are`,
      );
    }
    const given = list(')');
    if (given.length < known.least || given.length > known.most)
      refuse(`gives ${name} ${given.length} arguments`);
    return (scope) =>
      known.of(
        given.map((node) => node(scope)),
        scope,
      );
  };

  const primary = (): Node => {
    const next = tokens[place];
    if (next?.kind === 'number') {
      place += 1;
      return () => Number(next.text);
    }
    if (next?.kind === 'name') {
      place += 1;
      if (takes('(') !== undefined) return call(next.text);
      ids.add(next.text);
      return ({ of }) => of(next.text);
    }
    if (takes('(') !== undefined) {
      const inner = whole();
      expect(')');
      return inner;
    }
    if (takes('[') !== undefined) {
      const nodes = list(']');
      return (scope) => nodes.flatMap((node) => node(scope)) as Value;
    }
    return refuse(`cannot be read${at()}`);
  };
  const unary = (): Node => {
    if (takes('-') === undefined) return primary();
    const inner = unary();
    return (scope) => negated(inner(scope));
  };
  const product = level(unary, ['*', '/'], combined);
  const sum = level(product, ['+', '-'], combined);
  const comparison = level(sum, ['<', '>', '<=', '>=', '==', '!='], compared);
  const both = level(comparison, ['AND', '&&'], compared);
  const whole: () => Node = level(both, ['OR', '||'], compared);

  const evaluate = whole();
  if (peek()) refuse(`cannot be read${at()}`);
  return { ids: [...ids], evaluate };
}

interface Token {
  kind: 'number' | 'name' | 'text' | 'sign';
  text: string;
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  token.lastIndex = 0;
  while (text.slice(token.lastIndex).trim() !== '') {
    const from = token.lastIndex;
    const [, number, name, quoted, sign] = token.exec(text) ?? [];
    if (number !== undefined) tokens.push({ kind: 'number', text: number });
    else if (name === 'AND' || name === 'OR') tokens.push({ kind: 'sign', text: name });
    else if (name !== undefined) tokens.push({ kind: 'name', text: name });
    else if (quoted !== undefined) tokens.push({ kind: 'text', text: quoted });
    else if (sign !== undefined) tokens.push({ kind: 'sign', text: sign });
    else throw new NotEvaluated(`the expression "${text}" cannot be read at "${text.slice(from).trim()}"`);
  }
  return tokens;
}
