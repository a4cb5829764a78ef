import { randomUUID } from 'node:crypto';
import type { MovableClock } from '../clock.ts';
import { FAULTS, type FaultName, type Faults } from '../faults.ts';
import type { Journal } from '../parts.ts';
import { isRecord, numeric, text, texts } from '../properties.ts';
import { Declined, type ApiRequest, type ApiRoutes } from './console.ts';
import { placesOf, type Place, type PlaceParts, type Sendable } from './failure-places.ts';
import { counted, limitIn } from './lists.ts';
import type { FailurePlace, LetterPage, Redrive, RedrivePlan } from './shapes/failures.ts';
import { faultStates } from './status.ts';

export interface FailureParts extends PlaceParts {
  journal: Pick<Journal, 'append'>;
  faults: Faults;
  clock: MovableClock;
  /** Something changed that no buffer tells of. */
  changed: () => void;
}

const sampled = 200;
const keptRedrives = 50;
const keptResults = 1_000;

/** What could not be delivered, the way back, and what can be made to go wrong. */
export function failureRoutes(parts: FailureParts): ApiRoutes {
  const { faults, clock, changed } = parts;
  const places = placesOf(parts);
  const redrives = new Map<string, Redrive>();
  const placeIn = ({ name = '' }: Record<string, string>): Place => {
    const place = places.find(({ about }) => about.name === name);
    if (!place) throw new Declined(404, `There is no queue or bucket ${name}.`);
    return place;
  };

  return {
    'GET /failures': () => Promise.all(places.map(summaryOf)),
    'GET /failures/{name}': async ({ parameters, query }): Promise<LetterPage> => {
      const place = placeIn(parameters);
      const letters = await place.letters(Math.max(0, Number(query.get('offset') ?? 0)), limitIn(query));
      return { letters: letters.map(({ send: _, ...letter }) => letter), total: place.size() };
    },
    'POST /failures/{name}/redrive': async ({ parameters, body }): Promise<Redrive | RedrivePlan> => {
      const place = placeIn(parameters);
      if (place.about.kind === 'queue')
        throw new Declined(409, `${place.about.name} is no dead-letter queue.`);
      const asked = isRecord(body) ? body : {};
      const only = 'ids' in asked ? new Set(texts(asked, 'ids')) : undefined;
      const letters = (await place.letters()).filter(({ id }) => !only || only.has(id));
      if (asked['dryRun'] === true) return planOf(letters);
      const redrive = begin(place.about.name, letters.length, redrives);
      void run(redrive, letters, parts);
      return redrive;
    },
    'GET /subjects': () => subjectsOf(parts),
    'GET /redrives/{id}': ({ parameters: { id = '' } }) => {
      const redrive = redrives.get(id);
      if (!redrive) throw new Declined(404, `There is no redrive ${id}.`);
      return redrive;
    },
    'POST /faults': ({ body }) => {
      for (const { name, share, only } of switchesIn(body)) faults[name](share, only);
      changed();
      return faultStates(faults);
    },
    'POST /clock': ({ body }: ApiRequest) => {
      const by = isRecord(body) ? (numeric(body, 'advance') ?? text(body, 'advance')) : undefined;
      try {
        clock.advance(by ?? '');
      } catch (error) {
        throw new Declined(400, error instanceof Error ? error.message : String(error));
      }
      changed();
      return { now: clock.now(), aheadMs: clock.ahead[0] ?? 0 };
    },
  };
}

interface Switched {
  name: FaultName;
  share: number;
  only?: string;
}

/** `{"fail": 0.5}`, or `{"crash": {"share": 1, "only": "orders-api"}}` for one function or rule. */
function switchesIn(body: unknown): Switched[] {
  if (!isRecord(body)) throw new Declined(400, 'Send shares from 0 to 1 by the names of faults.');
  return Object.entries(body).map(([name, given]) => {
    if (!Object.hasOwn(FAULTS, name)) {
      throw new Declined(400, `There is no fault ${name}: ${Object.keys(FAULTS).join(', ')}.`);
    }
    const share = isRecord(given) ? given['share'] : given;
    const only = isRecord(given) ? text(given, 'only') : undefined;
    if (typeof share !== 'number' || !(share >= 0 && share <= 1)) {
      throw new Declined(400, `The share of ${name} is from 0 to 1, not ${JSON.stringify(share)}.`);
    }
    return { name: name as FaultName, share, ...(only !== undefined && only !== '' && { only }) };
  });
}

/** What a fault can be narrowed to. */
const subjectsOf = ({ stack, bus }: FailureParts): string[] => [
  ...new Set([
    ...stack.ofType('AWS::Lambda::Function').map(({ ref }) => ref),
    ...bus.rules.buses().flatMap((name) => bus.rules.rules(name).map((rule) => rule.name)),
  ]),
];

async function summaryOf({ about, size, letters }: Place): Promise<FailurePlace> {
  const waiting = size();
  const all = waiting === 0 || about.kind === 'queue' ? [] : await letters(0, sampled);
  const oldest = all.map(({ at }) => at);
  return {
    ...about,
    waiting,
    oldest: oldest.length === 0 ? null : Math.min(...oldest),
    causes: counted(
      all.map(({ error }) => error),
      5,
    ),
  };
}

function planOf(letters: readonly Sendable[]): RedrivePlan {
  const stuck = letters.flatMap(({ obstacle }) => obstacle ?? []);
  const free = letters.filter(({ obstacle }) => obstacle === null);
  return {
    total: free.length,
    destinations: counted(free.map(({ destination }) => destination)),
    obstacles: counted(stuck),
  };
}

function begin(place: string, total: number, redrives: Map<string, Redrive>): Redrive {
  const redrive: Redrive = {
    id: randomUUID(),
    place,
    state: 'running',
    total,
    redelivered: 0,
    failed: 0,
    results: [],
  };
  redrives.set(redrive.id, redrive);
  const [oldest] = redrives.keys();
  if (redrives.size > keptRedrives && oldest !== undefined) redrives.delete(oldest);
  return redrive;
}

/** One after the other: the changes of one order may lie in two letters. */
async function run(
  redrive: Redrive,
  letters: readonly Sendable[],
  { journal, changed }: FailureParts,
): Promise<void> {
  for (const { id, destination, obstacle, send } of letters) {
    const error = obstacle ?? (await sent(send, journal));
    if (error === undefined) redrive.redelivered += 1;
    else redrive.failed += 1;
    const outcome = error === undefined ? ('redelivered' as const) : ('failed' as const);
    if (redrive.results.length < keptResults)
      redrive.results.push({ id, outcome, destination, error: error ?? null });
    changed();
  }
  redrive.state = 'done';
  changed();
}

async function sent(send: Sendable['send'], journal: Pick<Journal, 'append'>): Promise<string | undefined> {
  try {
    const way = send();
    if (!Array.isArray(way)) return await way;
    await journal.append(...way);
    return undefined;
  } catch (error) {
    return String(error);
  }
}
