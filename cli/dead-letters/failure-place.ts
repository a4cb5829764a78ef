import { GetFunctionConfigurationCommand, InvokeCommand } from '@aws-sdk/client-lambda';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  paginateListObjectsV2,
} from '@aws-sdk/client-s3';
import { ENV, PARKED_PREFIX } from '../../src/adapters/names.ts';
import type { Clients } from '../aws/clients.ts';
import { isNamed } from '../aws/failures.ts';
import { STREAM_READER } from '../aws/names.ts';
import { Failed } from '../command.ts';
import { readObject, refusalIn } from './failure-object.ts';
import type { Letter, Place } from './letter.ts';

export const FAILURES = 'failures';

/** Where Lambda keeps the batches that it gave up. */
const prefixes = ['aws/lambda/', PARKED_PREFIX];

/** The bucket of the stream reader; undefined where there is no such function. */
export async function failurePlace({ lambda, s3 }: Clients): Promise<Place | undefined> {
  const Bucket = await bucketOf(lambda);
  if (Bucket === undefined) return undefined;

  async function* keys(): AsyncGenerator<string> {
    for (const Prefix of prefixes) {
      for await (const { Contents = [] } of paginateListObjectsV2({ client: s3 }, { Bucket, Prefix })) {
        for (const { Key } of Contents) if (Key !== undefined) yield Key;
      }
    }
  }

  const versionOf = async (Key: string): Promise<string> => {
    const { VersionId, LastModified } = await s3.send(new HeadObjectCommand({ Bucket, Key }));
    return `${VersionId} ${LastModified?.toISOString()}`;
  };

  const letter = async (Key: string): Promise<Letter> => {
    const { Body, LastModified } = await s3.send(new GetObjectCommand({ Bucket, Key }));
    const found = readObject((await Body?.transformToString()) ?? '');
    const { records = [], error = 'not a record of a failure', attempts } = found ?? {};
    return {
      id: Key,
      at: LastModified?.getTime() ?? 0,
      error,
      destination: `function ${STREAM_READER}`,
      subjects: records,
      ...(attempts !== undefined && { attempts }),
      redeliver: async () => {
        if (!found) throw new Failed('It holds no change records.');
        const before = await versionOf(Key);
        const { Payload, FunctionError } = await lambda.send(
          new InvokeCommand({ FunctionName: STREAM_READER, Payload: JSON.stringify({ Records: records }) }),
        );
        const refusal = refusalIn(Buffer.from(Payload ?? []).toString(), FunctionError);
        if (refusal !== undefined) throw new Failed(refusal);
        // The function says success of what it parks; it parks under the same key.
        if ((await versionOf(Key)) !== before) throw new Failed(`it was parked again: ${error}`);
      },
      remove: async () => {
        await s3.send(new DeleteObjectCommand({ Bucket, Key }));
      },
      release: () => Promise.resolve(),
    };
  };

  return {
    name: FAILURES,
    kind: 'failure store',
    of: [STREAM_READER],
    count: async () => {
      let count = 0;
      const all = keys();
      while ((await all.next()).done !== true) count += 1;
      return count;
    },
    // One after the other: changes of one order may lie in two objects.
    async *take(most) {
      let taken = 0;
      for await (const key of keys()) {
        if (taken >= most) return;
        taken += 1;
        yield [await letter(key)];
      }
    },
  };
}

async function bucketOf(lambda: Clients['lambda']): Promise<string | undefined> {
  try {
    const command = new GetFunctionConfigurationCommand({ FunctionName: STREAM_READER });
    return (await lambda.send(command)).Environment?.Variables?.[ENV.failureBucket];
  } catch (error) {
    if (isNamed(error, 'ResourceNotFoundException')) return undefined;
    throw error;
  }
}
