import { numeric, records, text, type Properties } from '../properties.ts';
import { AwsError } from './service.ts';

export const noSuchQueue = () =>
  new AwsError(
    'QueueDoesNotExist',
    'The specified queue does not exist.',
    400,
    'AWS.SimpleQueueService.NonExistentQueue',
  );

export const notInFlight = () =>
  new AwsError(
    'MessageNotInflight',
    'The message referred to is not in flight.',
    400,
    'AWS.SimpleQueueService.MessageNotInflight',
  );

export const invalidHandle = () =>
  new AwsError(
    'ReceiptHandleIsInvalid',
    'The input receipt handle is invalid.',
    400,
    'ReceiptHandleIsInvalid',
  );

export const invalidValue = (message: string) =>
  new AwsError('InvalidParameterValueException', message, 400, 'InvalidParameterValue');

export function between(input: Properties, field: string, least: number, most: number): number | undefined {
  const value = numeric(input, field);
  if (value === undefined || (value >= least && value <= most)) return value;
  throw invalidValue(
    `Value ${value} for parameter ${field} is invalid. Reason: Must be between ${least} and ${most}, if provided.`,
  );
}

export const batchTooLong = (most: number, bytes: number) =>
  batchError(
    'BatchRequestTooLong',
    `Batch requests cannot be longer than ${most} bytes. You have sent ${bytes} bytes.`,
  );

const batchError = (code: string, message: string) =>
  new AwsError(code, message, 400, `AWS.SimpleQueueService.${code}`);

/** The entries of a batch request: one to ten, with ids of their own. */
export function batchOf(input: Properties): { id: string; entry: Properties }[] {
  const entries = records(input, 'Entries').map((entry) => ({ id: text(entry, 'Id') ?? '', entry }));
  if (entries.length === 0) {
    throw batchError('EmptyBatchRequest', 'There should be at least one entry in the request.');
  }
  if (entries.length > 10) {
    throw batchError(
      'TooManyEntriesInBatchRequest',
      `Maximum number of entries per request are 10. You have sent ${entries.length}.`,
    );
  }
  if (new Set(entries.map(({ id }) => id)).size < entries.length) {
    throw batchError(
      'BatchEntryIdsNotDistinct',
      'Two or more batch entries in the request have the same Id.',
    );
  }
  return entries;
}

/** What `read` makes of each entry, and the answer to those that it refuses: the others are done nevertheless. */
export function readBatch<T>(input: Properties, read: (entry: Properties) => T) {
  const good: { id: string; read: T }[] = [];
  const Failed: { Id: string; SenderFault: boolean; Code: string; Message: string }[] = [];
  for (const { id, entry } of batchOf(input)) {
    try {
      good.push({ id, read: read(entry) });
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      const { queryCode, code, message, status } = error;
      Failed.push({ Id: id, SenderFault: status < 500, Code: queryCode ?? code, Message: message });
    }
  }
  return { good, Failed };
}
