const names: Record<string, string> = { 'detail-type': 'detailType' };

/** A pattern as the CDK construct that ships it: rule, queue, and a place for what cannot be delivered. */
export function snippetOf(pattern: Record<string, unknown>, bus: string): string {
  const fields = Object.entries(pattern).map(([name, value]) => {
    const known = names[name] ?? (/^[a-z]+$/.test(name) ? name : JSON.stringify(name));
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

/** JSON is TypeScript; keys that need no quotes lose them, and texts get the quotes of this house. */
function literal(value: unknown, indent: number): string {
  return JSON.stringify(value, null, 2)
    .replaceAll(/^(\s*)"([A-Za-z_]\w*)":/gm, '$1$2:')
    .replaceAll(/"((?:[^"\\']|\\[^"])*)"/g, "'$1'")
    .replaceAll('\n', `\n${' '.repeat(indent)}`);
}
