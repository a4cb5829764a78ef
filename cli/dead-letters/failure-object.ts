import { isRecord } from '../filter.ts';

/** Change records that became no event, as the function parked one or the mapping gave up several. */
export interface FailureObject {
  records: unknown[];
  error: string;
  attempts?: number;
}

/** Undefined for an object that holds no records. */
export function readObject(body: string): FailureObject | undefined {
  const given: unknown = parsed(body);
  if (!isRecord(given)) return undefined;
  const { reason, payload, requestContext, responseContext } = given;
  if (isRecord(payload)) return { records: [payload], error: String(reason) };
  if (typeof payload !== 'string' || !isRecord(requestContext)) return undefined;
  const event = parsed(payload);
  const records: unknown = isRecord(event) ? event['Records'] : undefined;
  if (!Array.isArray(records)) return undefined;
  const failure = isRecord(responseContext) ? responseContext['functionError'] : undefined;
  return {
    records,
    error: [requestContext['condition'], failure].filter((part) => typeof part === 'string').join(': '),
    attempts: Number(requestContext['approximateInvokeCount']),
  };
}

/** Why the function did not take all of the records; undefined when it did. */
export function refusalIn(answer: string, functionError: string | undefined): string | undefined {
  const given = parsed(answer);
  if (functionError !== undefined)
    return `the function failed: ${isRecord(given) ? String(given['errorMessage']) : functionError}`;
  const failures = isRecord(given) ? given['batchItemFailures'] : undefined;
  // A mapping would take this for success. Here nothing is removed on an answer that says nothing.
  if (!Array.isArray(failures)) return `the function answered ${answer.slice(0, 100)}`;
  const [first] = failures as unknown[];
  if (first === undefined) return undefined;
  return `the function failed from record ${isRecord(first) ? String(first['itemIdentifier']) : '?'} on`;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
