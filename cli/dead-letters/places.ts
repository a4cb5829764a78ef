import type { Clients } from '../aws/clients.ts';
import { nameIn } from '../aws/names.ts';
import { rulesOf } from '../aws/rules.ts';
import { createSending } from '../aws/sending.ts';
import { Failed } from '../command.ts';
import { failurePlace } from './failure-place.ts';
import type { Letter, Place } from './letter.ts';
import { queuePlace } from './queue-place.ts';

/** The dead-letter queues of the bus's rules, and the failure store of the stream. */
export async function placesOf(bus: string, clients: Clients): Promise<Place[]> {
  const sending = createSending(clients);
  const queues = new Map<string, string[]>();
  for (const { name, targets } of await rulesOf(clients.events, bus)) {
    for (const { DeadLetterConfig } of targets) {
      const arn = DeadLetterConfig?.Arn;
      if (arn !== undefined) queues.set(arn, [...new Set([...(queues.get(arn) ?? []), name])]);
    }
  }
  const failures = await failurePlace(clients);
  const places = [...queues].map(([arn, rules]) => queuePlace(arn, rules, clients, sending));
  return failures ? [...places, failures] : places;
}

export async function placeNamed(name: string, bus: string, clients: Clients): Promise<Place> {
  const places = await placesOf(bus, clients);
  const place = places.find((candidate) => candidate.name === nameIn(name));
  if (place) return place;
  const known = places.map((candidate) => candidate.name).join(', ');
  throw new Failed(`There is no ${name}. There are: ${known}.`);
}

/** Looks at letters and gives them back. */
export async function sampleOf(place: Place, most: number): Promise<Letter[]> {
  const letters: Letter[] = [];
  for await (const batch of place.take(most)) letters.push(...batch);
  await Promise.all(letters.map((letter) => letter.release()));
  return letters;
}
