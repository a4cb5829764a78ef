import { timeIn } from '../arguments.ts';
import { comingEvents } from '../audit-log/coming-events.ts';
import { auditLogOf } from '../audit-log/log-group.ts';
import { selectionIn, selectionOptions } from '../audit-log/selection.ts';
import { EXIT, type Command } from '../command.ts';
import { ruleIn } from '../rule.ts';
import { eventLine } from '../terminal/event-line.ts';

export const eventsTail: Command = {
  help: `Shows the events of the bus as they come, until Ctrl-C.

  orders events tail
  orders events tail --type OrderShipped --type OrderDelivered
  orders events tail --customer C101 --since 2h
  orders events tail --rule rule.json --json | jq .detail.data.order

  --type TYPE              only events of this type; may be given several times
  --customer ID            only those of this customer
  --order CUSTOMER/ORDER   only those of this order
  --rule FILE or NAME      only what this event pattern, or this rule of the bus, matches
  --since T                begins earlier: 90s, 30m, 2h, 1d ago, or 2026-11-22T10:00:00Z; now when not given
  --limit N                ends after so many
  --json                   whole events, one a line

Events are read from the log group in which a rule of the bus keeps them, a moment after they were published. When the
endpoint is away for a while, as during a restart of npm start, this waits and goes on.
`,
  options: {
    ...selectionOptions,
    rule: { type: 'string' },
    since: { type: 'string', default: 'now' },
    limit: { type: 'string' },
  },
  run: async (given, context) => {
    const { terminal, clients, now, interrupted } = context;
    const since = timeIn(given, 'since', now());
    const limit = given.positive('limit') ?? Infinity;
    const selection = selectionIn(given);
    const rule = given.text('rule') === undefined ? undefined : await ruleIn(given, context);
    const group = await auditLogOf(given.required('bus'), clients);
    if (!terminal.json) terminal.say(terminal.faint(`Following ${group}. End with Ctrl-C.`));
    let shown = 0;
    const asked = { ...selection, ...(rule && { rule: rule.matcher }) };
    for await (const { event } of comingEvents(group, since, asked, context)) {
      if (terminal.json) terminal.printJsonLine(event);
      else terminal.print(eventLine(event, terminal));
      shown += 1;
      if (shown >= limit) return EXIT.done;
    }
    return interrupted.aborted ? EXIT.interrupted : EXIT.done;
  },
};
