import { compactDetail } from './detail.ts';

export interface PutEventsEntry {
  Source?: string;
  DetailType?: string;
  Detail?: string;
  EventBusName?: string;
  /** Seconds since the epoch, as on the wire. */
  Time?: number;
  Resources?: string[];
  TraceHeader?: string;
}

/** Refuses a whole request, in the words of the service. */
export class InvalidRequest extends Error {
  override readonly name = 'ValidationException';
}

export interface EntryError {
  ErrorCode: string;
  ErrorMessage: string;
}

const maxEntries = 10;
const requestBytes = 1_048_576;
const maxTraceHeader = 500;
const maxBusName = 1600;
const busNames = '(arn:aws[\\w-]*:events:[a-z]{2}-[a-z]+-[\\w-]+:[0-9]{12}:event-bus/)?[.\\-_A-Za-z0-9]+';
const isBusName = new RegExp(`^${busNames}$`);

export function checkRequest(entries: readonly PutEventsEntry[]): void {
  if (entries.length < 1 || entries.length > maxEntries) {
    const bound = entries.length < 1 ? 'greater than or equal to 1' : `less than or equal to ${maxEntries}`;
    const value = `[${entries.map(() => 'PutEventsRequestEntry(...)').join(', ')}]`;
    throw new InvalidRequest(
      `1 validation error detected: Value '${value}' at 'entries' failed to satisfy constraint: Member must have length ${bound}`,
    );
  }
  const traced = entries.findIndex(({ TraceHeader = '' }) => TraceHeader.length > maxTraceHeader);
  if (traced >= 0) {
    const at = `entries.${traced + 1}.member.traceHeader`;
    const bound = `Member must have length less than or equal to ${maxTraceHeader}`;
    throw new InvalidRequest(
      `1 validation error detected: Value at '${at}' failed to satisfy constraint: ${bound}`,
    );
  }
  for (const [index, { EventBusName }] of entries.entries()) checkBusName(EventBusName, index);
  const bytes = entries.reduce((sum, entry) => sum + entryBytes(entry), 0);
  if (bytes >= requestBytes)
    throw new InvalidRequest('Total size of the entries in the request is over the limit.');
}

function checkBusName(name: string | undefined, index: number): void {
  if (name === undefined || (isBusName.test(name) && name.length <= maxBusName)) return;
  const bound = isBusName.test(name)
    ? `have length less than or equal to ${maxBusName}`
    : `satisfy regular expression pattern: ${busNames}`;
  throw new InvalidRequest(
    `1 validation error detected: Value '${name}' at 'entries.${index + 1}.member.eventBusName' failed to satisfy constraint: Member must ${bound}`,
  );
}

/** Neither the bus nor the trace header counts. */
export function entryBytes({
  Time,
  Source = '',
  DetailType = '',
  Detail = '',
  Resources = [],
}: PutEventsEntry): number {
  return [Source, DetailType, Detail, ...Resources].reduce(
    (sum, text) => sum + Buffer.byteLength(text),
    Time === undefined ? 0 : 14,
  );
}

/** The detail in its shortest form, or why the entry is refused. */
export function checkEntry({ Source, DetailType, Detail }: PutEventsEntry): { detail: string } | EntryError {
  if (!Source) return required('Source');
  if (!DetailType) return required('DetailType');
  if (!Detail) return required('Detail');
  if (Source.startsWith('aws.')) {
    return { ErrorCode: 'NotAuthorizedForSourceException', ErrorMessage: 'Not authorized for the source.' };
  }
  if (Source.length > 256) return tooLong('Source', 256);
  if (DetailType.length > 128) return tooLong('DetailType', 128);
  const detail = compactDetail(Detail);
  return detail === undefined
    ? { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' }
    : { detail };
}

const invalid = (name: string, reason: string): EntryError => ({
  ErrorCode: 'InvalidArgument',
  ErrorMessage: `Parameter ${name} is not valid. Reason: ${reason}`,
});
const required = (name: string) => invalid(name, `${name} is a required argument.`);
const tooLong = (name: string, max: number) => invalid(name, `${name} is longer than ${max} characters.`);
