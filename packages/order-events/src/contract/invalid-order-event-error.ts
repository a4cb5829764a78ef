export interface Issue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

const line = ({ path, message }: Issue): string =>
  path.length === 0 ? message : `${path.map(String).join('.')}: ${message}`;

/** What was given is not an event of orders; the message has a line for each field that is wrong. */
export class InvalidOrderEventError extends Error {
  override readonly name = 'InvalidOrderEventError';

  constructor(readonly issues: readonly Issue[]) {
    super(`This is not an event of orders:\n${issues.map((issue) => `- ${line(issue)}`).join('\n')}`);
  }
}
