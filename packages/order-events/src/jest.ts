import { type Explanation, explain } from 'event-pattern';
import { misnamed } from './known-fields.ts';
import { whyUnreachable } from './reach/why-unreachable.ts';

export interface EventPatternMatchers<Result = void> {
  /**
   * Whether a rule with this pattern would match the event; the failure says which field decides, and why.
   * Event and pattern are each an object or JSON text.
   *
   * @throws InvalidPatternError for a pattern that EventBridge would refuse.
   */
  toMatchEventPattern(pattern: unknown): Result;
}

declare global {
  // eslint-disable-next-line @typescript-eslint/no-namespace
  namespace jest {
    // eslint-disable-next-line @typescript-eslint/no-empty-object-type, @typescript-eslint/no-unused-vars
    interface Matchers<R, T = {}> extends EventPatternMatchers<R> {}
  }
}

type Verdict = Explanation['clauses'][number];

const MARK = { met: '+', missed: '-', absent: '-', elsewhere: '-' } as const;

const found = ({ verdict, actual }: Verdict): string => {
  if (verdict === 'absent') return 'the event has nothing there';
  const values = actual.map((value) => JSON.stringify(value)).join(', ');
  return verdict === 'elsewhere'
    ? `${values}, in another element of the array`
    : values || 'nothing, as wanted';
};

const hints = (clauses: Explanation['clauses']): string[] => {
  const absent = clauses.filter(({ verdict }) => verdict === 'absent').map(({ path }) => path);
  return [...new Set(absent)].flatMap((path) => misnamed(path) ?? []);
};

/** What is true of every event, and not of this one only: the rule would never find any. */
const never = (event: unknown, pattern: unknown): string[] => {
  const source = typeof event === 'object' && event !== null && 'source' in event ? event.source : undefined;
  const why = whyUnreachable(pattern, typeof source === 'string' ? { source } : {});
  return why === undefined ? [] : [`No event of orders will ever match: ${why}`];
};

const table = (clauses: Explanation['clauses']): string => {
  const branches = new Set(clauses.map(({ branch }) => branch)).size;
  const rows = clauses.map((clause) => {
    const { branch, path, operator, expected, verdict } = clause;
    const way = branches > 1 ? `way ${branch + 1}: ` : '';
    return [`  ${MARK[verdict]} ${way}${path}`, `${operator} ${JSON.stringify(expected)}`, found(clause)];
  });
  const width = (column: number) => Math.max(...rows.map((row) => row[column]?.length ?? 0));
  const [path, wanted] = [width(0), width(1)];
  return rows.map(([a = '', b = '', c = '']) => `${a.padEnd(path)}  ${b.padEnd(wanted)}  ${c}`).join('\n');
};

/** For `expect.extend`, where no global `expect` was there to be extended, as under Vitest. */
export const toMatchEventPattern = (
  event: unknown,
  pattern: unknown,
): { pass: boolean; message: () => string } => {
  const { matched, reason, clauses } = explain(pattern, event);
  const headline = matched
    ? 'The rule matches the event, and should not.'
    : `The rule does not match the event: ${reason}.`;
  const advice = () => {
    const names = hints(clauses);
    return matched || names.length > 0 ? names : never(event, pattern);
  };
  return { pass: matched, message: () => [headline, '', table(clauses), ...advice()].join('\n') };
};

const { expect } = globalThis as { expect?: { extend?: (matchers: object) => void } };
expect?.extend?.({ toMatchEventPattern });
