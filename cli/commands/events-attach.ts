import { EXIT, UsageError, type Command, type Context } from '../command.ts';
import { ruleIn } from '../rule.ts';
import { receivedEvents } from '../scratch/received-events.ts';
import { attach, PREFIX, type Attached } from '../scratch/scratch-rules.ts';
import { eventLine } from '../terminal/event-line.ts';

export const eventsAttach: Command = {
  help: `Puts an event pattern on the bus as a scratch rule that sends what it matches to a queue of its own.

  orders events attach --rule rule.json
  orders events attach --rule rule.json --name big-orders --follow
  orders events detach big-orders

  --rule FILE or NAME   a file with an event pattern, or a rule of the bus to copy
  --name NAME           of rule and queue, after ${PREFIX}; that of the file when not given
  --follow              takes the events out of the queue and shows them, until Ctrl-C
  --limit N             ends after so many

Prints the URL of the queue. The same name again gives the rule another pattern. Rule and queue stay until orders events
detach, messages a day; on this machine over restarts too, with npm start -- --data-dir. Rules of the template are never
touched. What is on the bus already is not sent: orders events match looks back.
`,
  options: {
    rule: { type: 'string' },
    name: { type: 'string' },
    follow: { type: 'boolean', short: 'f' },
    limit: { type: 'string' },
  },
  run: async (given, context) => {
    const { terminal, clients } = context;
    const bus = given.required('bus');
    const rule = await ruleIn(given, context);
    const limit = given.positive('limit') ?? Infinity;
    const name = scratchName(given.text('name') ?? rule.name);
    const attached = await attach(name, bus, rule.pattern, clients);
    const follows = given.flag('follow');
    if (!follows && terminal.json) terminal.printJson(attached);
    else if (!follows) terminal.print(attached.queueUrl);
    terminal.say(
      terminal.faint(`Rule ${name} on bus ${bus} sends what it matches to the queue ${attached.queueUrl}`),
    );
    if (!follows) {
      const short = name.slice(PREFIX.length);
      const named = given.text('name') === undefined ? '' : ` --name ${short}`;
      const onBus = bus === 'orders' ? '' : ` --bus ${bus}`;
      const again = `orders events attach --rule ${given.required('rule')}${named}${onBus} --follow`;
      terminal.say(terminal.faint(`See what comes: ${again}`));
      terminal.say(terminal.faint(`Remove both:    orders events detach ${short}${onBus}`));
      return EXIT.done;
    }
    return follow(attached, limit, context);
  },
};

async function follow({ queueUrl }: Attached, limit: number, context: Context): Promise<number> {
  const { terminal, interrupted } = context;
  for await (const event of receivedEvents(queueUrl, limit, context)) {
    if (terminal.json) terminal.printJsonLine(event);
    else terminal.print(eventLine(event, terminal));
  }
  return interrupted.aborted ? EXIT.interrupted : EXIT.done;
}

/** Of a rule 64 characters are allowed, of a queue 80. */
export function scratchName(given: string): string {
  const name = given.startsWith(PREFIX) ? given : PREFIX + given;
  if (/^[A-Za-z0-9_-]{1,64}$/.test(name)) return name;
  throw new UsageError(
    `--name takes letters, digits, _ and -, at most ${64 - PREFIX.length}, not "${given}".`,
  );
}
