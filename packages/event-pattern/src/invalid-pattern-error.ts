/** One thing wrong with a pattern: where (a JSON path such as `$.detail.status[0].prefix`) and what. */
export interface PatternProblem {
  readonly path: string;
  readonly reason: string;
}

/**
 * Thrown for every pattern that EventBridge would refuse, and the only error this package throws.
 * `path` is the JSON path of the offending part, `reason` says what is wrong there.
 */
export class InvalidPatternError extends Error implements PatternProblem {
  override readonly name = 'InvalidPatternError';

  constructor(
    readonly path: string,
    readonly reason: string,
  ) {
    super(`${path}: ${reason}`);
  }
}

/** The keys and indexes from the root of a pattern to one of its parts. */
export type Location = readonly (string | number)[];

export function refuse(location: Location, reason: string): never {
  throw new InvalidPatternError(jsonPath(location), reason);
}

function jsonPath(location: Location): string {
  return location.reduce<string>((path, step) => {
    if (typeof step === 'number') return `${path}[${step}]`;
    return /^[$\w-]+$/.test(step) ? `${path}.${step}` : `${path}[${JSON.stringify(step)}]`;
  }, '$');
}
