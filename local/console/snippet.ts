/** A pattern as the construct that ships it: rule, queue, a place for what cannot be delivered, alarms. */
export const snippetOf = (pattern: Record<string, unknown>, bus: string): string => `\
import { OrderEventsSubscription } from 'order-events/cdk';

new OrderEventsSubscription(this, 'Subscription', {
  name: 'my-team',
  eventBus: EventBus.fromEventBusName(this, 'Bus', ${quoted(bus)}),
  pattern: ${literal(pattern, 2)},
});
`;

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
