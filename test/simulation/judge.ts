import type { History } from './history.ts';
import { factsOf, type Facts, type Violation } from './promises/facts.ts';
import { failuresHaveCauses, fewDuplicates } from './promises/few-duplicates.ts';
import { consumersConverge, inOrder } from './promises/in-order.ts';
import { lostAnswers } from './promises/lost-answers.ts';
import { noLostUpdate } from './promises/lawful-writes.ts';
import { duplicatesAreEqual, nothingInvented } from './promises/nothing-invented.ts';
import { nothingLost, nothingParkedNeedlessly } from './promises/nothing-lost.ts';
import { completeLists, trueAnswers } from './promises/true-answers.ts';

export type { Violation } from './promises/facts.ts';

const PROMISES: readonly ((facts: Facts) => Violation[])[] = [
  nothingLost,
  nothingInvented,
  duplicatesAreEqual,
  inOrder,
  fewDuplicates,
  failuresHaveCauses,
  nothingParkedNeedlessly,
  consumersConverge,
  noLostUpdate,
  trueAnswers,
  lostAnswers,
  completeLists,
];

/** Holds a run's history against every promise. */
export const judge = (history: History): Violation[] => {
  const facts = factsOf(history);
  return PROMISES.flatMap((promise) => promise(facts));
};
