/** An error of an SDK, in a sentence that says what to do where that is known. */
export function explained(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { name } = error;
  const message = messageOf(error);
  if (message.includes('ECONNREFUSED'))
    return 'Nothing answers at the endpoint: start the system (npm start), or check AWS_ENDPOINT_URL.';
  if (name === 'CredentialsProviderError')
    return `No AWS credentials: ${message} (locally any do: AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local).`;
  if (/region is missing/i.test(message)) return 'No region: set AWS_REGION.';
  return name === 'Error' ? message : `${name}: ${message}`;
}

/** Of a name with several addresses, as localhost, each fails: the whole has no message of its own. */
function messageOf(error: Error): string {
  const { errors = [] } = error as Partial<AggregateError>;
  return (
    error.message || errors.map((each) => (each instanceof Error ? each.message : String(each))).join('; ')
  );
}

/** No answer, or one that says to come again: the network, or a service that is starting or throttles. */
export function isAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { $metadata, code } = error as { $metadata?: { httpStatusCode?: number }; code?: unknown };
  const status = $metadata?.httpStatusCode;
  if (status === undefined) return typeof code === 'string' || error.name === 'TimeoutError';
  return status >= 500 || status === 429 || error.name === 'ThrottlingException';
}

export const isNamed = (error: unknown, ...names: string[]): boolean =>
  error instanceof Error && names.includes(error.name);
