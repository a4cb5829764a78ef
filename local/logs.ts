import { createRing, type Ring } from './bus/ring.ts';
import type { Clock, Journal, LogGroups, LogLine } from './parts.ts';

interface Group {
  lines: Ring<LogLine>;
  /** As a log of events is: one of a function begins anew with each run. */
  kept: boolean;
}

interface KeptLine {
  group: string;
  line: LogLine;
}

const part = 'logs';

/** Keeps the newest lines of each group, bounded by their number and by their bytes. */
export function createLogGroups({
  clock,
  journal,
  maxLines = 10_000,
  maxBytes = 8_000_000,
  heard,
  written,
}: {
  clock: Clock;
  journal: Pick<Journal, 'register'>;
  maxLines?: number;
  maxBytes?: number;
  /** Is told of each line that says of itself that it is an error. */
  heard?: ((group: string, line: string) => void) | undefined;
  /** Is told of each line. */
  written?: ((line: string) => void) | undefined;
}): LogGroups {
  const groups = new Map<string, Group>();
  const lineNow = (stream: string, message: string): LogLine => ({
    timestamp: clock.now(),
    stream,
    message: within(message, maxBytes),
  });

  const add = (name: string, line: LogLine, kept: boolean): void => {
    const group = groups.get(name) ?? { lines: createRing({ maxItems: maxLines, maxBytes, sizeOf }), kept };
    groups.set(name, group);
    group.kept ||= kept;
    group.lines.push(line);
  };

  journal.register(part, {
    apply: (entry) => {
      const { group, line } = entry as KeptLine;
      add(group, line, true);
    },
    snapshot: () =>
      [...groups].flatMap(([group, its]) =>
        its.kept ? its.lines.items().map((line): KeptLine => ({ group, line })) : [],
      ),
  });

  return {
    write: (name, stream, message) => {
      const line = lineNow(stream, message);
      add(name, line, false);
      written?.(message);
      if (heard && isError(line.message)) heard(name, line.message.trimEnd());
    },
    writing: (group, stream, message) => ({
      part,
      entry: { group, line: lineNow(stream, message) } satisfies KeptLine,
    }),
    read: (name) => groups.get(name)?.lines.items() ?? [],
    names: () => [...groups.keys()].sort(),
  };
}

const isError = (message: string) => /"level":"(ERROR|CRITICAL)"/.test(message);

// Two bytes a character, as the engine keeps text outside Latin-1; the fixed part is the object itself.
const sizeOf = ({ message }: LogLine) => message.length * 2 + 64;

const within = (message: string, maxBytes: number) => message.slice(0, Math.max(0, Math.floor(maxBytes / 4)));
