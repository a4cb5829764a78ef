import type { PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';

const MOST_ENTRIES = 10;
const REQUEST_BYTES = 1_048_576;
export const CONTENT = ['MalformedDetail', 'InvalidArgument'];
export const CODES = [
  ...CONTENT,
  'ThrottlingException',
  'InternalFailure',
  'InternalException',
  'ServiceUnavailable',
  'NotAuthorizedForSourceException',
  'AccessDeniedException',
];

const bytesOf = ({ Time, Source = '', DetailType = '', Detail = '' }: PutEventsRequestEntry): number =>
  (Time ? 14 : 0) + Buffer.byteLength(Source) + Buffer.byteLength(DetailType) + Buffer.byteLength(Detail);

/** What the service says of a whole call, by PutEvents' documented limits. */
export const formFault = (entries: readonly PutEventsRequestEntry[]): string | undefined => {
  if (entries.length < 1 || entries.length > MOST_ENTRIES) return `${entries.length} entries`;
  const bytes = entries.reduce((sum, entry) => sum + bytesOf(entry), 0);
  return bytes >= REQUEST_BYTES ? `${bytes} bytes` : undefined;
};
