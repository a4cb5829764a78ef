import { InvalidPatternError } from 'event-pattern';
import { whyUnreachable } from '../reach/why-unreachable.ts';

/** @throws Error that names the subscription and says what is wrong, for what would deploy and never match. */
export function checkedPattern(pattern: object, name: string, source: string): object {
  let why: string | undefined;
  try {
    why = whyUnreachable(pattern, { source });
  } catch (error) {
    if (!(error instanceof InvalidPatternError)) throw error;
    throw new Error(`The pattern of ${name} is not valid: ${error.message}.`, { cause: error });
  }
  if (why !== undefined) throw new Error(`The pattern of ${name} can never match an event of orders: ${why}`);
  return pattern;
}
