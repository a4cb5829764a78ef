import { createHash } from 'node:crypto';

export interface MessageAttribute {
  /** String, Number or Binary, with an optional label after a dot. */
  DataType: string;
  StringValue?: string;
  /** Base64. */
  BinaryValue?: string;
}

export type MessageAttributes = Record<string, MessageAttribute>;

export interface Message {
  id: string;
  body: string;
  attributes: MessageAttributes;
  sentAt: number;
  visibleAt: number;
  receiveCount: number;
  firstReceivedAt?: number;
  sender?: string;
  /** Of the queue that gave it up. */
  deadLetterSourceArn?: string;
  /** When it came from there, and how often it had been received by then. */
  moved?: { at: number; receiveCount: number };
}

export const sizeOf = (body: string, attributes: MessageAttributes): number =>
  Object.entries(attributes).reduce(
    (bytes, [name, { DataType, StringValue = '', BinaryValue = '' }]) =>
      bytes +
      Buffer.byteLength(name) +
      Buffer.byteLength(DataType) +
      Buffer.byteLength(StringValue) +
      Buffer.byteLength(BinaryValue, 'base64'),
    Buffer.byteLength(body),
  );

/** A handle belongs to one receive: a later one makes it stale. */
export const receiptHandle = ({ id, receiveCount }: Message): string =>
  Buffer.from(`${id} ${receiveCount}`).toString('base64url');

export function parseHandle(handle: string): { id: string; receiveCount: number } | undefined {
  const [id, count] = Buffer.from(handle, 'base64url').toString().split(' ');
  return id && count && /^\d+$/.test(count) ? { id, receiveCount: Number(count) } : undefined;
}

export const md5 = (data: string | Uint8Array): string => createHash('md5').update(data).digest('hex');

/** SQS's digest: names in order, each name, type and value after its length, one byte for the kind of value. */
export function md5OfAttributes(attributes: MessageAttributes): string | undefined {
  const names = Object.keys(attributes).sort();
  if (names.length === 0) return undefined;
  const parts: Buffer[] = [];
  for (const name of names) {
    const attribute = attributes[name];
    if (!attribute) continue;
    const binary = attribute.DataType.startsWith('Binary');
    const value = binary
      ? Buffer.from(attribute.BinaryValue ?? '', 'base64')
      : Buffer.from(attribute.StringValue ?? '');
    parts.push(withLength(Buffer.from(name)), withLength(Buffer.from(attribute.DataType)));
    parts.push(Buffer.from([binary ? 2 : 1]), withLength(value));
  }
  return md5(Buffer.concat(parts));
}

function withLength(bytes: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}
