import { isDeepStrictEqual } from 'node:util';
import type { Answered, Asked } from '../history.ts';
import type { Facts, Violation } from './facts.ts';
import { authorOf } from './lawful-writes.ts';

/** States of each order by the order of their commits: whose change made them, and whether anything is there. */
const statesOf = ({ commits }: Facts) => {
  const states = new Map<string, { author: string; version: number; live: boolean; at: number }[]>();
  for (const { commit } of commits) {
    const { key, after, at } = commit;
    const those = states.get(key) ?? [];
    states.set(key, those);
    const live = after !== undefined && after['deleted'] !== true;
    those.push({ author: authorOf(after), version: Number(after?.['version'] ?? 0), live, at });
  }
  return states;
};

/** What was acknowledged is committed, and is what a consistent read sees from then on, or something later. */
export const trueAnswers = (facts: Facts): Violation[] => {
  const { history } = facts;
  const states = statesOf(facts);
  const asked = new Map<string, { event: Asked; from: number }>();
  const acknowledged = new Map<string, number>();
  const violations: Violation[] = [];

  const judge = ({ attempt, outcome, code, version, changedBy, at }: Answered): void => {
    const request = asked.get(attempt);
    if (!request || outcome === 'unknown') return;
    const { event, from } = request;
    const those = states.get(event.key) ?? [];
    const bad = (what: string): void => {
      const promise = 'answers are true';
      violations.push({ promise, what: `${event.key}, ${attempt} (${event.action.does}): ${what}` });
    };
    // Of two equal requests of one person at once either may be told what the other did.
    const equal = (author: string): boolean =>
      changedBy === attempt && isDeepStrictEqual(asked.get(author)?.event.action, event.action);
    const isShown = (state: { author: string; version: number }): boolean =>
      state.version === version && (state.author === changedBy || equal(state.author));
    if (outcome === 'done') {
      const shown = those.findIndex(isShown);
      const place = those.findLastIndex(isShown);
      if (shown < 0) bad(`it shows version ${version ?? 0}, which was never committed`);
      else if (place < from) bad(`it shows version ${version ?? 0}, and a later one had been acknowledged`);
      acknowledged.set(event.key, Math.max(acknowledged.get(event.key) ?? 0, shown));
    } else if (code === 'order-not-found') {
      const gone = (place: number): boolean => !(those[place]?.live ?? false);
      const absent = those.some((state, place) => place >= from && state.at <= at && gone(place));
      if (!absent && those.length > 0 && (those[0]?.at ?? 0) < event.at) bad('it was there');
    }
  };
  for (const event of history.all()) {
    if (event.is === 'asked') {
      asked.set(event.attempt, { event, from: acknowledged.get(event.key) ?? 0 });
    } else if (event.is === 'answered') judge(event);
  }
  return violations;
};

/** Lists that have caught up show each live order once. */
export const completeLists = ({ history }: Facts): Violation[] =>
  history
    .of('listed')
    .filter(({ found, expected }) => JSON.stringify(found) !== JSON.stringify(expected))
    .map(({ list, found, expected }) => ({
      promise: 'lists show each live order once',
      what: `${list}: ${found.join(' ')} and not ${expected.join(' ')}`,
    }));
