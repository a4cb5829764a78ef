import { ORDER_EVENT_TYPES } from 'order-events';
import { readdirSync, readFileSync } from 'node:fs';
import { EXIT, UsageError, type Command } from '../command.ts';
import { knownType } from '../event-types.ts';
import { table } from '../terminal/table.ts';

const samples = new URL('../../packages/order-events/samples/', import.meta.url);

export const eventsSample: Command = {
  help: `Shows an example of an event, as a rule's target gets it.

  orders events sample OrderShipped
  orders events sample OrderShipped no-tracking-number
  orders events sample --list
  orders events sample OrderCreated | jq .detail.data.order

  --list   the types, and the cases of each that there are examples of

The examples are those of the package order-events, each checked against what is published. Reads nothing but them.
`,
  options: { list: { type: 'boolean' } },
  run: (given, { terminal }) => {
    const [type, name = 'plain', more] = given.arguments();
    if (more !== undefined) throw new UsageError(`"${more}" is one argument too many.`);
    if (type === undefined || given.flag('list')) {
      const cases = ORDER_EVENT_TYPES.map((each) => ({ type: each, cases: casesOf(each) }));
      if (terminal.json) terminal.printJson({ samples: cases });
      else
        terminal.print(
          table(
            ['TYPE', 'CASES'],
            cases.map((each) => [each.type, each.cases.join(', ')]),
            terminal,
          ),
        );
      return Promise.resolve(EXIT.done);
    }
    const cases = casesOf(knownType(type));
    if (!cases.includes(name))
      throw new UsageError(`There is no example "${name}" of ${type}. There are: ${cases.join(', ')}.`);
    terminal.printJson(JSON.parse(readFileSync(new URL(`${type}/${name}.json`, samples), 'utf8')));
    return Promise.resolve(EXIT.done);
  },
};

/** The plain case first. */
const casesOf = (type: string): string[] =>
  readdirSync(new URL(`${type}/`, samples))
    .map((file) => file.replace(/\.json$/, ''))
    .sort((a, b) => Number(b === 'plain') - Number(a === 'plain') || (a < b ? -1 : 1));
