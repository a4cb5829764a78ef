const names: Record<string, string> = { 'detail-type': 'detailType' };

/** A pattern as the CDK construct that ships it: rule, queue, and a place for what cannot be delivered. */
export function snippetOf(pattern: Record<string, unknown>, bus: string): string {
  const fields = Object.entries(pattern).map(([name, value]) => {
    const known = names[name] ?? keyOf(name);
    return `    ${known}: ${name === 'detail' ? literal(value, 4) : field(value)},`;
  });
  return `const deadLetterQueue = new Queue(this, 'DeadLetters', { enforceSSL: true, retentionPeriod: Duration.days(14) });
const queue = new Queue(this, 'Queue', { enforceSSL: true });
new Rule(this, 'Rule', {
  eventBus: EventBus.fromEventBusName(this, 'Bus', '${bus}'),
  eventPattern: {
${fields.join('\n')}
  },
  targets: [new SqsQueue(queue, { deadLetterQueue })],
});
`;
}

/** Of the envelope CDK takes texts, and everything else by its Match. */
function field(value: unknown): string {
  const alternatives = Array.isArray(value) ? (value as unknown[]) : [value];
  if (alternatives.every((each) => typeof each === 'string')) return literal(alternatives, 4);
  const matches = alternatives.map(match);
  return matches.length === 1 ? (matches[0] ?? '[]') : `Match.anyOf(${matches.join(', ')})`;
}

const matchers: Record<string, string> = {
  prefix: 'prefix',
  suffix: 'suffix',
  wildcard: 'wildcard',
  cidr: 'cidr',
  'equals-ignore-case': 'equalsIgnoreCase',
};

function match(alternative: unknown): string {
  if (typeof alternative === 'string') return `Match.exactString(${literal(alternative, 0)})`;
  const [first = ['', undefined]] = Object.entries((alternative ?? {}) as Record<string, unknown>);
  const [operator, operand] = first;
  const matcher = matchers[operator];
  if (matcher !== undefined && typeof operand === 'string') return `Match.${matcher}(${literal(operand, 0)})`;
  if (operator === 'exists') return operand === true ? 'Match.exists()' : 'Match.doesNotExist()';
  if (operator === 'anything-but' && (typeof operand === 'string' || Array.isArray(operand))) {
    return `Match.anythingBut(...${literal([operand].flat(), 0)})`;
  }
  // CDK has no name for it; the template takes it as it is.
  return `[${literal(alternative, 4)}] as never`;
}

const longestLine = 90;

/** A JSON value as TypeScript in this house's form; what is short stands on one line. */
function literal(value: unknown, indent: number): string {
  if (typeof value === 'string') return quoted(value);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const pad = ' '.repeat(indent);
  const isList = Array.isArray(value);
  const parts = isList
    ? value.map((each) => literal(each, indent + 2))
    : Object.entries(value).map(([name, each]) => `${keyOf(name)}: ${literal(each, indent + 2)}`);
  const [open, close] = isList ? ['[', ']'] : ['{', '}'];
  const space = isList || parts.length === 0 ? '' : ' ';
  const line = `${open}${space}${parts.join(', ')}${space}${close}`;
  if (line.length + indent <= longestLine && !line.includes('\n')) return line;
  return `${open}\n${parts.map((part) => `${pad}  ${part},\n`).join('')}${pad}${close}`;
}

const quoted = (text: string): string =>
  `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;

const keyOf = (name: string): string => (/^[A-Za-z_]\w*$/.test(name) ? name : quoted(name));
