import { explain, type Explanation } from '../../packages/event-pattern/src/index.ts';
import type { RuleBook } from '../bus/rule-book.ts';
import type { Verdict, VerdictClause } from './shapes/rules.ts';

/** What each rule of the bus that goes by a pattern says of the event; worked out when somebody looks. */
export const verdictsOf = (rules: RuleBook, bus: string, eventJson: string): Verdict[] =>
  rules
    .rules(bus)
    .flatMap(({ pattern, ...rule }) => (pattern === undefined ? [] : [{ ...rule, pattern }]))
    .map(({ name, pattern, enabled }) => ({
      rule: name,
      pattern,
      bus,
      enabled,
      ...explained(explain(pattern, eventJson)),
    }));

export const explained = ({ matched, reason, clauses }: Explanation) => ({
  matched,
  reason,
  clauses: clauses.map(({ branch, path, operator, expected, actual, verdict }): VerdictClause => ({
    branch,
    path,
    operator,
    expected: JSON.stringify(expected),
    actual: actual.map((value) => JSON.stringify(value)),
    verdict,
  })),
});
