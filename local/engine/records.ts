import { createHash } from 'node:crypto';

export type AttributeValue = Record<string, unknown>;
export type Image = Record<string, AttributeValue>;

/** A stream record on the wire of DynamoDB Streams. */
export interface WireRecord {
  eventID: string;
  eventName: 'INSERT' | 'MODIFY' | 'REMOVE';
  eventVersion: string;
  eventSource: string;
  awsRegion: string;
  userIdentity?: { Type: string; PrincipalId: string };
  dynamodb: {
    ApproximateCreationDateTime: number;
    Keys: Image;
    NewImage?: Image;
    OldImage?: Image;
    SequenceNumber: string;
    SizeBytes: number;
    StreamViewType: string;
  };
}

// DynamoDB's have 21 digits at least; the engine counts 1, 2, 3 ...
const base = 10n ** 20n;

export const toAwsSequence = (sequence: string): string =>
  sequence.length < 21 ? String(base + BigInt(sequence)) : sequence;

export const toEngineSequence = (sequence: string): string => {
  const value = BigInt(sequence);
  return value >= base && value < 2n * base ? String(value - base) : sequence;
};

/** 32 hexadecimal digits, the same for the record each time it is read. */
export const eventIdOf = (streamId: string, sequence: string): string =>
  createHash('sha256').update(`${streamId}\0${sequence}`).digest('hex').slice(0, 32);

/** With the names of maps and the members of sets in one order: the engine gives another at each reading. */
export function ordered(image: Image): Image {
  const names = Object.keys(image).sort();
  return Object.fromEntries(names.map((name) => [name, orderedValue(image[name] as AttributeValue)]));
}

function orderedValue(value: AttributeValue): AttributeValue {
  const [type, inner] = Object.entries(value)[0] ?? [];
  switch (type) {
    case 'M':
      return { M: ordered(inner as Image) };
    case 'L':
      return { L: (inner as AttributeValue[]).map(orderedValue) };
    case 'SS':
    case 'NS':
    case 'BS':
      return { [type]: [...(inner as string[])].sort() };
    default:
      return value;
  }
}

/** The engine's record as DynamoDB gives it: with `createdAt` of its time, in seconds. */
export function toAwsRecord(
  record: WireRecord,
  about: { region: string; streamId: string; createdAt: (engineSeconds: number) => number },
): WireRecord {
  const { Keys, NewImage, OldImage, SequenceNumber, ApproximateCreationDateTime } = record.dynamodb;
  return {
    ...record,
    eventID: eventIdOf(about.streamId, SequenceNumber),
    eventVersion: '1.1',
    awsRegion: about.region,
    dynamodb: {
      ...record.dynamodb,
      ApproximateCreationDateTime: about.createdAt(ApproximateCreationDateTime),
      Keys: ordered(Keys),
      ...(NewImage && { NewImage: ordered(NewImage) }),
      ...(OldImage && { OldImage: ordered(OldImage) }),
      SequenceNumber: toAwsSequence(SequenceNumber),
    },
  };
}

/** Whether a MODIFY changed nothing: DynamoDB writes no record then. Both images must be in one order. */
export const changesNothing = ({ eventName, dynamodb: { NewImage, OldImage } }: WireRecord): boolean =>
  eventName === 'MODIFY' &&
  NewImage !== undefined &&
  OldImage !== undefined &&
  JSON.stringify(NewImage) === JSON.stringify(OldImage);
