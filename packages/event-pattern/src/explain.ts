import type { Fields } from './event/fields.ts';
import type { Conjunction } from './match/conjunction.ts';

export interface Explanation {
  readonly matched: boolean;
}
export function explainWith(isEvent: boolean, branches: readonly Conjunction[], fields: Fields): Explanation {
  return { matched: isEvent && branches.some((branch) => branch.matches(fields)) };
}
