import { selectionOptions } from '../audit-log/selection.ts';
import type { Command } from '../command.ts';
import { follow, replayArchive } from '../replay/archive.ts';
import { replayAuditLog } from '../replay/audit-log.ts';
import { readRequest } from '../replay/request.ts';
import { reporting } from '../terminal/report.ts';

export const eventsReplay: Command = {
  help: `Gives one rule the events of a time range once more, with the same event ids.

  orders events replay --rule order-notifications --from 2h --to now --dry-run
  orders events replay --rule order-notifications --from 2026-11-22T10:00:00Z --to 2026-11-22T12:00:00Z
  orders events replay --rule order-notifications --from 1d --to now --order C101/O5001 --yes
  orders events replay --rule order-notifications --from 1d --to now --type OrderShipped --rate 20

  --rule NAME            who gets them
  --from T, --to T       times of the events: 2026-11-22T10:00:00Z, now, or how long ago: 90s, 30m, 2h, 1d
  --dry-run              says what would be replayed
  --archive NAME         where the bus has several
  --name NAME            of the replay; made from rule and time when not given
  --follow NAME          only watches a replay that runs

  --order CUSTOMER/ORDER, --customer ID, --type TYPE   only these events
  --rate N               at most N a second
  --after EVENT-ID       goes on after this event, as an interrupted run says

  --report FILE          what came of it, as JSON
  --yes                  does not ask; more than 100 events ask for the name of the rule

By rule and times alone, EventBridge replays its archive: minute by minute, in no order within one, at its own speed, each
event with replay-name. It may archive ten minutes late. It neither tells how many events a range holds, nor replays by
order or type, nor at a rate, and nobody can read an archive. With one of these the events are therefore read
from the log group in which a rule of the bus keeps them, until two days after --to, and sent to the targets of the rule:
queues and functions whose input EventBridge does not transform; these events carry no replay-name. They reach back as far
as the log does (on this machine: its newest 10,000 events at most). Rules that should not see replays match on replay-name.
`,
  options: {
    rule: { type: 'string' },
    from: { type: 'string' },
    to: { type: 'string' },
    ...selectionOptions,
    rate: { type: 'string' },
    after: { type: 'string' },
    archive: { type: 'string' },
    name: { type: 'string' },
    follow: { type: 'string' },
    'dry-run': { type: 'boolean', short: 'n' },
    report: { type: 'string' },
    yes: { type: 'boolean' },
  },
  run: async (given, context) => {
    const running = given.text('follow');
    const file = given.path('report');
    if (running !== undefined) return reporting(file, (report) => follow(running, report, context));
    const request = await readRequest(given, context);
    const { narrowed, rate } = request;
    const isNarrow =
      Object.values(narrowed).flat().length > 0 || rate !== undefined || given.text('after') !== undefined;
    const replay = isNarrow ? replayAuditLog : replayArchive;
    return reporting(file, (report) => replay(request, given, report, context));
  },
};
