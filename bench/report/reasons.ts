/** What the figures do not say themselves: written by hand after each run that changes them. */
export const REASONS = `## What to know of these figures

- **They are of one command**, \`date\` in each file of \`bench/results\` says when each table ended. The machine was not quiet all the time: while the
  creates and some reads of table 1 were measured, and while the last 900,000 orders of table 5 were written, tests ran beside them, which is why
  the last of the rates of writing is lower. A run before this one, on a
  quiet machine, had a create at 1.10 × bare (here more) and a read at 1.27 (here less): that is the spread between runs of table 1.
- **Spread within a run**: the middle half of the rounds overlaps between several neighbours of table 1. Do not rank by a few hundredths.
- **The milliseconds of table 5**: each list is read two hundred times before it is timed, so that the last table, the largest, has no warmer code.

## Where an aim is missed

Sizes and times are measured; reasons marked as guesses were not profiled one by one.

- **Processor time of a create and a read** goes over and under the aim from run to run. What ours does more than bare stands above table 1.
- **A fresh process**: inversify and its metadata are 85 KB of the bundle; alone in a file they took some 20 ms to load. Event streams of the
  SDK, 19 KB that no function calls, were left out: the bundle became 393 KB, and was 412; bare is bundled the same way, and gained as much.
  Tried without success: to load the client that reads the key of cursors with the first list, in the same file, which made the bundle 432 to
  484 KB.
- **The milliseconds of pages by customer**: 9.1 with a thousand orders, then 11.2 to 12.1 from ten thousand to a million; the units are the same.
  Not looked into; lists by status and day do not show it.
- **Events a second**: 711, of 10,000 records, before two changes of the runtime, which were made for the time of one order at a time and for the processor
  time of metrics (their keys were built from arrays: 0.70 µs each, now 0.11, and an event of three rules asks for 67). In a profile of
  the main thread under the backlog nothing stands out that could be left out: collecting garbage 12 %, writing to sockets 7 %, the journal
  4 %, the rest in parts below 3 %. The function of the history takes a third to a half. A guess: it needs another thread for the
  engine's and the bus's work, or calls of functions without HTTP, which would no longer be what runs on Lambda.
- **An order at a time**: 8.6 ms before, of which each of two writes of the journal, one behind the other, took 3.1 to 4.6 while the disk syncs in 0.7: an append and
  a sync each waited for a turn of the busy main thread. A write that syncs itself needs one turn. What is left, measured one order at a time:
  1.6 ms until the function calls PutEvents, 2.8 until it is accepted, 2.7 until the subscriber has it.`;
