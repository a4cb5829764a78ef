import type { Asked } from '../history.ts';
import type { Facts, Violation } from './facts.ts';
import { authorOf } from './lawful-writes.ts';

/** A request whose write was committed is never told that it failed, and never does it twice, whatever became of the answer. */
export const lostAnswers = ({ history, commits }: Facts): Violation[] => {
  const asked = new Map(history.of('asked').map((event): [string, Asked] => [event.attempt, event]));
  const refused = new Map(
    history.of('answered').flatMap((event) => (event.outcome === 'refused' ? [[event.attempt, event]] : [])),
  );
  const past = new Map<string, number>();
  for (const { commit } of commits) if (commit.by !== 'request') past.set(commit.key, commit.at);
  const made = new Set<string>();
  return commits.flatMap(({ commit: { key, by, after } }) => {
    const attempt = authorOf(after);
    const request = asked.get(attempt);
    if (by !== 'request' || !request) return [];
    const bad = (what: string): Violation => ({
      promise: 'a lost answer is not told as a failure',
      what: `${key}, ${attempt} (${request.action.does}): ${what}`,
    });
    const violations: Violation[] = [];
    if (made.has(attempt)) violations.push(bad('it was done twice'));
    made.add(attempt);
    const answer = refused.get(attempt);
    // Who edits or removes the item by hand removes what tells whose change it was.
    if (answer && !((past.get(key) ?? 0) >= request.at)) {
      violations.push(bad(`it was done, and told ${answer.code ?? ''}`));
    }
    return violations;
  });
};
