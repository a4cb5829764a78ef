/** What the figures do not say themselves: written by hand after each run that changes them. */
export const REASONS = `## What to know of these figures

- **They are of one command**, \`date\` in each file of \`bench/results\` says when each table ended. Nothing else ran on the machine, but while the
  second and the third hundred thousand orders of table 5 were written, which is why the last of the rates of writing is lower.
- **Tables 1 to 3 are older than their code**: a review of fairness came after the run. Since then a round begins with another contestant each time
  and is compared by itself, each reads in table 3 what it wrote itself, answers become text within the measured time for all, table 2 lists 20 orders
  as table 1 does, and Powertools validates with the smaller zod, as ours does. The next run tells what that changes.
- **Spread**: the middle half of the rounds overlaps between several neighbours of table 1, and in three runs the ratio of a create was
  1.10, 1.36 (beside tests) and 1.11, of a read 1.27, 1.01 and 1.02. Do not rank by a few hundredths.
- **The milliseconds of table 5**: the lists are read by turns, two hundred times each before they are timed, so that a disturbance meets all of
  them, and the last table, the largest, has no warmer code.

## Where an aim is missed

Times and sizes are measured; what was found in one profile or one sample says so.

- **A fresh process**: loading takes 0.24 to 0.30 ms for each KB of a bundle on Node 20, whosever it is, most of it compiling (one profile of ours).
  At 1.10 × bare a bundle could have some 260 KB. Ours has 393: container (85), validation (27), logs and metrics (27), the client for the
  secret (13) and own code (49) come to the SDK. Left out, of all that is compared here, are the SDK's sources of credentials, 135 KB, and its event
  streams, 19: beside the bare handler with nothing left out, ours takes 0.87 × as long.
  Tried without success: to load the client that reads the key of cursors with the first list, in the same file, which made the bundle 432 to
  484 KB.
- **Events a second**: two cores do no more. By the processor time above, the runtime's process alone could take 1,190 a second, 1,450 without the
  history. The engine needs 0.2 ms on an idle machine to read a record of its stream, and twice that beside the rest: 5,000 a second would fill a
  core with reading. By thread, without the history, in one sample: the main thread 0.50 ms an event, functions 0.28, collecting garbage
  beside them 0.32. Once the stream is read to its end the process delivers 3,000 a second. Tried: a larger young generation and fewer helper threads
  (32 MB and 2, by V8's flags), a tenth to a fifth more, not taken for so little; reading less far ahead, nothing. Earlier: keys of
  metrics without arrays (0.70 µs each, now 0.11; an event of three rules asks for 67), no sweep of the whole table for what has expired at each start.
- **An order at a time**: 8.6 ms at first; 6.6 when the journal synced with its write; now all that one turn causes is one write: the acceptance of an
  event, its deliveries, its being received. What is left, in one sample: 1.5 ms until the function calls PutEvents, 1.4 of work for
  three rules, 1.2 to 2 for the write, of which the disk takes 0.7.
- **The runtime's memory** is not held, only not collected yet: after 5,000 events a full collection left 65 MB of 171.`;
