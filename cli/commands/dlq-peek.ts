import { EXIT, type Command } from '../command.ts';
import type { Letter } from '../dead-letters/letter.ts';
import { placeNamed, sampleOf } from '../dead-letters/places.ts';
import { ageOf, oneLine } from '../terminal/table.ts';

export const dlqPeek: Command = {
  help: `Shows what is in a dead-letter queue or in the failure store, and leaves it there.

  orders dlq peek order-notifications-dlq
  orders dlq peek failures --limit 1 --json

  --limit N   5 when not given

A message that is looked at is hidden from others for a moment, and its receive count goes up by one.
`,
  options: { limit: { type: 'string', default: '5' } },
  run: async (given, { clients, terminal, now }) => {
    const name = given.argument('The name of a queue, or failures,');
    const place = await placeNamed(name, given.required('bus'), clients);
    const limit = Math.min(Math.ceil(given.positive('limit') ?? 5), await place.count());
    const letters = await sampleOf(place, limit);
    if (terminal.json) {
      terminal.printJson({ name: place.name, letters: letters.map(asJson) });
      return EXIT.done;
    }
    if (letters.length === 0) terminal.say(`${place.name} is empty.`);
    for (const { id, at, attempts, destination, error, eventId, subjects } of letters) {
      terminal.print(terminal.strong(oneLine(id, 1100)));
      terminal.print(`  since     ${ageOf(at, now())}`);
      if (attempts !== undefined) terminal.print(`  attempts  ${attempts}`);
      terminal.print(`  to        ${oneLine(destination, 200)}`);
      terminal.print(`  error     ${oneLine(error, 200)}`);
      if (eventId !== undefined) terminal.print(`  event id  ${oneLine(eventId, 200)}`);
      for (const subject of subjects) {
        terminal.print(terminal.faint(JSON.stringify(subject, null, 2).replaceAll(/^/gm, '  ')));
      }
    }
    if (letters.length > 0)
      terminal.say(terminal.faint(`\nSend them again: orders dlq redrive ${place.name} --dry-run`));
    return EXIT.done;
  },
};

const asJson = ({ id, eventId, at, error, attempts, destination, subjects }: Letter) => ({
  id,
  eventId,
  at: new Date(at).toISOString(),
  error,
  attempts,
  destination,
  content: subjects,
});
