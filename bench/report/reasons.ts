/** What the figures do not say themselves: written by hand after each run that changes them. */
export const REASONS = `## What to know of these figures

- **They are of one command**, \`date\` in each file of \`bench/results\` says when each table ended: 45 minutes, with nothing else on the machine.
- **Spread**: the middle half of the rounds overlaps between several neighbours of table 1; processes that take turns also share what the
  processor remembers. In four runs the ratio of a create was 1.10 to 1.36, of a read 1.01 to 1.28. Do not rank by a few hundredths.
- **The milliseconds of table 5**: the lists are read by turns, two hundred times each before they are timed, so that a disturbance meets all of
  them, and the last table, the largest, has no warmer code.

## Where an aim is missed

Times and sizes are measured; what was found in one profile or one sample says so.

- **A create and a read**: at the edge of 1.25, and above it in steady state: where only bare and ours took turns, a read took 1.37 and 1.41 × bare and a
  create 1.50 and 1.56. Two lines of log make up a third of what ours adds: without any, in the same runs by turns, a read was at 1.23 and 1.32, a
  create at 1.33 and 1.34. One says what the use case came to, the other what was answered; operators look for both. Most of a line is Node's
  \`console\` writing it, as Lambda wants it (one profile). The rest is spread: validation, the longer item with the keys of three indexes, hashes.
- **A fresh process**: loading takes 0.25 to 0.31 ms for each KB of a bundle on Node 20, whosever it is, most of it compiling (one profile of ours).
  At 1.10 × bare a bundle could have some 260 KB. Ours has 393: container (85), validation (27), logs and metrics (27), the client for the
  secret (13) and own code (49) come to the SDK. Left out, of all that is compared here, are the SDK's sources of credentials, 135 KB, and its event
  streams, 19: beside the bare handler with nothing left out, ours takes 0.85 × as long.
  Tried without success: to load the client that reads the key of cursors with the first list, in the same file, which made the bundle 432 to
  484 KB.
- **Events a second**: two cores do no more. By the processor time above, the runtime's process alone could take 1,100 a second, 1,570 without the
  history. The engine needs 0.2 ms on an idle machine to read a record of its stream, and twice that beside the rest: 5,000 a second would fill a
  core with reading. By thread, without the history, in one sample: the main thread 0.50 ms an event, functions 0.28, collecting garbage
  beside them 0.32. Once the stream is read to its end the process delivers 3,000 a second. Tried: a larger young generation and fewer helper threads
  (32 MB and 2, by V8's flags), a tenth to a fifth more, not taken for so little; reading less far ahead, nothing. Earlier: keys of
  metrics without arrays (0.70 µs each, now 0.11; an event of three rules asks for 67), no sweep of the whole table for what has expired at each start.
- **An order at a time**: 8.6 ms at first; 6.6 when the journal synced with its write; now all that one turn causes is one write: the acceptance of an
  event, its deliveries, its being received. What is left, in one sample: 1.5 ms until the function calls PutEvents, 1.4 of work for
  three rules, 1.2 to 2 for the write, of which the disk takes 0.7.
- **The runtime's memory** is not held, only not collected yet: after 5,000 events a full collection left 65 MB of 171.`;
