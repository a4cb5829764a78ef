import { EXIT, type Command } from '../command.ts';
import { explained } from '../aws/failures.ts';
import type { Letter, Place } from '../dead-letters/letter.ts';
import { placesOf, sampleOf } from '../dead-letters/places.ts';
import { ageOf, oneLine, table } from '../terminal/table.ts';

const sampleSize = 10;

interface Listed {
  name: string;
  kind: Place['kind'];
  of: readonly string[];
  depth: number;
  oldest: string | null;
  topError: string | null;
  sampled: number;
}

export const dlqList: Command = {
  help: `Lists the dead-letter queue of every rule of the bus, and the failure store of the stream.

  orders dlq list
  orders dlq list --json

Oldest and top error are those of a sample of up to ${sampleSize}: SQS tells neither of a whole queue.
`,
  options: {},
  run: async (given, { clients, terminal, now }) => {
    const listed: Listed[] = [];
    let failed = 0;
    for (const place of await placesOf(given.required('bus'), clients)) {
      try {
        listed.push(await look(place));
      } catch (error) {
        failed += 1;
        terminal.say(`${place.name}: ${explained(error)}`);
      }
    }
    if (terminal.json) terminal.printJson({ places: listed });
    else {
      const rows = listed.map(({ name, of, depth, oldest, topError }) => [
        name,
        of.join(', '),
        String(depth),
        oldest === null ? '-' : ageOf(Date.parse(oldest), now()),
        topError === null ? '-' : oneLine(topError),
      ]);
      terminal.print(table(['NAME', 'OF', 'DEPTH', 'OLDEST', 'TOP ERROR'], rows, terminal));
      const [first] = listed.filter(({ depth }) => depth > 0);
      if (first) terminal.say(terminal.faint(`\nLook into one: orders dlq peek ${first.name}`));
    }
    return failed === 0 ? EXIT.done : EXIT.partly;
  },
};

async function look(place: Place): Promise<Listed> {
  const { name, kind, of } = place;
  const depth = await place.count();
  const sample = await sampleOf(place, Math.min(sampleSize, depth));
  const oldest = Math.min(...sample.map(({ at }) => at));
  return {
    name,
    kind,
    of,
    depth,
    oldest: Number.isFinite(oldest) ? new Date(oldest).toISOString() : null,
    topError: mostFrequent(sample),
    sampled: sample.length,
  };
}

function mostFrequent(letters: readonly Letter[]): string | null {
  const counts = new Map<string, number>();
  for (const { error } of letters) counts.set(error, (counts.get(error) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0] ?? null;
}
