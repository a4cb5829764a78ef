import { ORDER_EVENT_TYPES, ORDER_STATUSES, SCHEMA_VERSION } from '../packages/order-events/src/names.ts';
import type { OrderEventType } from '../packages/order-events/src/types.ts';
import { FIELDS, PARTS, WHEN } from './descriptions.ts';
import type { DocumentedPattern } from './documented-patterns.ts';
import { json } from './json.ts';
import { type JsonSchema, jsonSchemaOf, knownValuesOf } from './json-schema.ts';
import type { Sample } from './samples.ts';

const PACKAGE = '../packages/order-events';

const code = (text: string): string => `\`${text}\``;
const block = (value: unknown): string => `\`\`\`json\n${json(value)}\n\`\`\``;
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows]
    .map((row) => `| ${row.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`)
    .join('\n');

const typeOf = (schema: JsonSchema): string => {
  if (knownValuesOf(schema)) return 'text';
  if (schema.anyOf) return schema.anyOf.map(typeOf).join(' or ');
  if (schema.type === 'array') return schema.items?.$ref === undefined ? 'array of texts' : 'array of items';
  if (schema.$ref !== undefined) return 'object';
  const names: Record<string, string> = { string: 'text', integer: 'whole number', null: 'null' };
  const types = [schema.type].flat().map((type) => names[String(type)] ?? String(type));
  const format = { 'date-time': 'time', uuid: 'UUID' }[schema.format ?? ''];
  return format ?? types.join(' or ');
};

const fields = (schema: JsonSchema | undefined, descriptions: Record<string, string>): string =>
  table(
    ['Field', 'Type', 'Always there', 'Meaning'],
    Object.entries(schema?.properties ?? {}).map(([name, field]) => [
      code(name),
      typeOf(field),
      schema?.required?.includes(name) === true ? 'yes' : '',
      descriptions[name] ?? '',
    ]),
  );

const general = jsonSchemaOf('OrderDeleted', 'draft-2020-12');
const moved = jsonSchemaOf('OrderCancelled', 'draft-2020-12');
const partOf = (schema: JsonSchema, name: string): string =>
  fields(schema.$defs?.[name], PARTS[name]?.fields ?? {});

const stateOf = (type: OrderEventType): { status: string; previous: string } => {
  const { Order, PreviousValues } = jsonSchemaOf(type, 'draft-2020-12').$defs ?? {};
  const { status = {} } = Order?.properties ?? {};
  const replaced = Object.keys(PreviousValues?.properties ?? {});
  return {
    status: typeof status.const === 'string' ? code(status.const) : 'any',
    previous:
      replaced.length === 0
        ? 'empty'
        : PreviousValues?.required?.includes('status') === true
          ? `${code('status')}, and what changed with it`
          : 'what changed',
  };
};

const overview = (): string =>
  table(
    ['Event', 'Tells that', 'order.status', 'previous'],
    ORDER_EVENT_TYPES.map((type) => {
      const { status, previous } = stateOf(type);
      return [`[${type}](#${type.toLowerCase()})`, WHEN[type], status, previous];
    }),
  );

const section = (type: OrderEventType, samples: readonly Sample[]): string => {
  const own = samples.filter((sample) => sample.type === type);
  const list = own.map(({ name, shows }) => `- [${name}](${PACKAGE}/samples/${type}/${name}.json): ${shows}`);
  return [
    `### ${type}`,
    `${WHEN[type]}. [JSON Schema](${PACKAGE}/schemas/${type}.json). Samples:`,
    list.join('\n'),
    block(own[0]?.event.detail),
  ].join('\n\n');
};

const wished = ({ wish, code: source, pattern, matches }: DocumentedPattern, samples: readonly Sample[]) =>
  [
    `**${wish}**`,
    `\`\`\`ts\n${source}\n\`\`\``,
    block(pattern),
    matches.length === samples.length
      ? 'Matches every sample.'
      : `Matches of the samples: ${matches.map(code).join(', ') || 'none'}.`,
  ].join('\n\n');

/** docs/events.md: what a subscriber looks up. */
export const reference = (samples: readonly Sample[], patterns: readonly DocumentedPattern[]): string =>
  [
    '<!-- Written by `npm run events`. -->',
    '# Events of orders',
    `Contract ${SCHEMA_VERSION}. Each change of an order is one event on the EventBridge bus \`orders\`, from the source \`orders.service\`. The package [order-events](${PACKAGE}/README.md) has all of this as types, validators, schemas, samples and patterns; [asyncapi.json](${PACKAGE}/asyncapi.json) is the same as an AsyncAPI document. [subscribe.md](subscribe.md) leads to a first rule in five minutes.`,
    overview(),
    GUARANTEES,
    '## The envelope',
    'What a rule hands to its target. A queue gets it as the text of the message.',
    fields(general, FIELDS.Envelope),
    `\`detail\` is \`{ "metadata": ..., "data": { "order": ..., "previous": ... } }\`.`,
    '## detail.metadata',
    partOf(general, 'OrderEventMetadata'),
    '## detail.data.order',
    `${PARTS['Order']?.description}.`,
    partOf(general, 'Order'),
    'Each of `items`:',
    partOf(general, 'OrderItem'),
    '## detail.data.previous',
    `${PARTS['PreviousValues']?.description}. It is always there, and empty where the event replaces nothing.`,
    partOf(moved, 'PreviousValues').replace('| text | yes |', '| text | where the status changed |'),
    '## Each event',
    ...ORDER_EVENT_TYPES.map((type) => section(type, samples)),
    '## Patterns',
    'What subscribers ask for, as the package makes it, and as EventBridge takes it.',
    ...patterns.map((pattern) => wished(pattern, samples)),
    versions(),
  ].join('\n\n') + '\n';

const GUARANTEES = `## What you can rely on

- **At least once.** A repeated event has the same \`detail\`, to the byte, under the same envelope \`id\` or another. Deduplicate on \`detail.metadata.eventId\`.
- **Possibly out of order.** \`detail.metadata.sequence\` counts the changes of one order from 1 without gaps. Compare \`detail.data.order.createdAt\` first, then \`sequence\`: drop what has an earlier \`createdAt\` than the last you handled, or the same and no higher \`sequence\`. Take a jump for something that is still to come. An order is \`customerId\`, \`orderId\` and \`createdAt\` together: an order anew under an id that was used before has a later \`createdAt\`. It goes on counting where the one before was deleted not long ago (30 days), and begins at 1 again where nothing is left of it.
- **No event without a committed change, no committed change without its event**, or a record that an operator sees and sends on. What was parked or redriven comes late.
- **The state is in the event.** \`detail.data.order\` is the whole order after the change: there is no need to ask us.
- \`occurredAt\` is the time of the change, never that of publishing.
- A **replay** of the archive sends the same events again, with \`replay-name\` in the envelope, in any order. What operators send again by order, customer, type or rate comes without \`replay-name\`, also to a rule that excludes replays: only \`eventId\` tells that you had it.
- EventBridge promises to compare numbers from -5e9 to 5e9. Whether a rule on the amount finds an order of more than 5e9 minor units is AWS's to say: leave the amount out of the rule, and compare in your code, where you handle such orders.
- **Personal data**: \`customerId\`, \`actor\`, \`note\` and \`reason\` may tell of people. Keep them out of your logs.`;

const versions = (): string => `## Versions

\`detail.metadata.schemaVersion\` is ${SCHEMA_VERSION}. Within 1.x nothing is taken away: no field goes, becomes optional or changes its type, and no closed list of values changes. A build that would do so fails.

- A minor version (1.1) may add fields, add events, and add values where a field is open. Open are \`status\` (known today: ${ORDER_STATUSES.map(code).join(', ')}) and the list of events itself, if your rule does not name types. All other lists are closed.
- So: ignore fields that you do not know, keep a default branch for \`status\`, and ignore events that you do not know. The validators of the package do the first two, and name the third.
- What breaks subscribers would be a new event under a new name, next to the old one for as long as anyone listens.
- Schemas and samples of each released version are kept in [released](${PACKAGE}/released), and every build checks that its events still fit them.`;
