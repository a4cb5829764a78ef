import { timeIn } from '../arguments.ts';
import { auditLogOf } from '../audit-log/log-group.ts';
import { pastEvents } from '../audit-log/past-events.ts';
import { backtest, type Backtest } from '../backtest/backtest.ts';
import type { Miss } from '../backtest/misses.ts';
import { EXIT, UsageError, type Command } from '../command.ts';
import { ruleIn } from '../rule.ts';
import { eventLine } from '../terminal/event-line.ts';
import { oneLine } from '../terminal/table.ts';
import type { Terminal } from '../terminal/terminal.ts';

const shownMisses = 5;

export const eventsMatch: Command = {
  help: `Counts how many events of the past a rule matches, and says of the others why it does not.

  orders events match --rule rule.json --since 1d
  orders events match --rule order-notifications --since 2026-11-22 --until 2026-11-23
  orders events match --rule rule.json --since 2h --json | jq .missed

  --rule FILE or NAME   a file with an event pattern, or a rule of the bus
  --since T             times of the events: 2026-11-22T10:00:00Z, or how long ago: 90s, 30m, 2h, 1d (when not given)
  --until T             the same; now when not given
  --limit N             shows so many of those that match, the newest first; 10 when not given

Events are read from the log group in which a rule of the bus keeps them, as far back as it does (on this machine: its
newest 10,000 events at most). Nothing is changed. Ends with 0 however many match.
`,
  options: {
    rule: { type: 'string' },
    since: { type: 'string', default: '1d' },
    until: { type: 'string', default: 'now' },
    limit: { type: 'string', default: '10' },
  },
  run: async (given, context) => {
    const { terminal, clients, now } = context;
    const [from, to] = [timeIn(given, 'since', now()), timeIn(given, 'until', now())];
    if (from >= to) throw new UsageError('--since must be before --until.');
    const limit = Math.ceil(given.positive('limit') ?? 10);
    const { name, matcher, unreachable = null } = await ruleIn(given, context);
    const group = await auditLogOf(given.required('bus'), clients);
    const events = pastEvents(group, { from, to }, { types: [] }, clients);
    const found = await backtest(matcher, events, limit);
    const span = { since: new Date(from).toISOString(), until: new Date(to).toISOString() };
    if (terminal.json) terminal.printJson({ rule: name, unreachable, ...span, logGroup: group, ...found });
    else {
      terminal.print(inWords(found, `since ${span.since}`, terminal));
      if (found.events === 0) terminal.say(terminal.faint('\nMake some: orders events trigger OrderShipped'));
    }
    return EXIT.done;
  },
};

function inWords({ events, matched, newest, missed }: Backtest, since: string, terminal: Terminal): string {
  if (events === 0) return `There are no events ${since}.`;
  const sections = [`${terminal.strong(`${matched} of ${events}`)} events ${since} match.`];
  if (matched > 0) {
    const heading = newest.length < matched ? `\nThe newest ${newest.length}:` : '';
    sections.push([heading, ...newest.map((event) => `  ${eventLine(event, terminal)}`)].join('\n'));
  }
  if (missed.length > 0) {
    sections.push(`\nThe others do not:\n${missed.slice(0, shownMisses).map(missInWords).join('\n')}`);
    if (missed.length > shownMisses)
      sections.push(`  and ${missed.length - shownMisses} more ways: --json has all`);
  }
  return sections.join('\n');
}

const missInWords = ({ events, fields }: Miss): string =>
  fields
    .map(({ path, wanted, found }, place) => {
      const values = found.map(({ value, events: of }) => `${oneLine(value, 40)} (${of})`).join(', ');
      const count = place === 0 ? String(events) : '';
      return `${count.padStart(6)}  ${path} is ${values}, wanted ${wanted.join(' or ')}`;
    })
    .join('\n');
