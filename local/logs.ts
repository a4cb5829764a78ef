import type { Clock, LogGroups, LogLine } from './parts.ts';

interface Group {
  lines: LogLine[];
  /** Lines before this index are dropped; cut off in blocks, since shifting each costs. */
  first: number;
  bytes: number;
}

/** Keeps the newest lines of each group, bounded by their number and by their bytes. */
export function createLogGroups({
  clock,
  maxLines = 10_000,
  maxBytes = 8_000_000,
  heard,
}: {
  clock: Clock;
  maxLines?: number;
  maxBytes?: number;
  /** Is told of each line that says of itself that it is an error. */
  heard?: ((group: string, line: string) => void) | undefined;
}): LogGroups {
  const groups = new Map<string, Group>();
  return {
    write: (name, stream, message) => {
      const group = groups.get(name) ?? { lines: [], first: 0, bytes: 0 };
      groups.set(name, group);
      const line = { timestamp: clock.now(), stream, message: within(message, maxBytes) };
      group.lines.push(line);
      if (heard && isError(line.message)) heard(name, line.message.trimEnd());
      group.bytes += sizeOf(line);
      while (group.lines.length - group.first > maxLines || group.bytes > maxBytes) {
        const oldest = group.lines[group.first];
        if (!oldest) break;
        group.bytes -= sizeOf(oldest);
        group.first += 1;
      }
      if (group.first * 2 > group.lines.length) {
        group.lines.splice(0, group.first);
        group.first = 0;
      }
    },
    read: (name) => {
      const group = groups.get(name);
      return group ? group.lines.slice(group.first) : [];
    },
    names: () => [...groups.keys()].sort(),
  };
}

const isError = (message: string) => /"level":"(ERROR|CRITICAL)"/.test(message);

// Two bytes a character, as the engine keeps text outside Latin-1; the fixed part is the object itself.
const sizeOf = ({ message }: LogLine) => message.length * 2 + 64;

const within = (message: string, maxBytes: number) => message.slice(0, Math.max(0, Math.floor(maxBytes / 4)));
