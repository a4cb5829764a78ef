import { Readable } from 'node:stream';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  NoSuchKey,
  PutObjectCommand,
  PutObjectTaggingCommand,
} from '@aws-sdk/client-s3';
import { startEdges, type Running } from '../support/running.ts';
import { sdkClients } from '../support/sdk.ts';
import { bucket } from '../support/stack.ts';

let running: Running;
let clients: ReturnType<typeof sdkClients>;
let s3: ReturnType<typeof sdkClients>['s3'];
const Bucket = 'failures';

beforeEach(async () => {
  running = await startEdges([
    bucket(Bucket),
    bucket('versioned', { VersioningConfiguration: { Status: 'Enabled' } }),
  ]);
  clients = sdkClients(running.url);
  s3 = clients.s3;
});

afterEach(async () => {
  clients.destroy();
  await running.stop();
});

const read = async (Key: string) => {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
  return Body!.transformToString();
};

describe('the S3 client', () => {
  test('gets what it put, about it included', async () => {
    const Key = 'parked/C 1/ä+&.json';
    await s3.send(
      new PutObjectCommand({
        Bucket,
        Key,
        Body: '{"a":"ü"}',
        ContentType: 'application/json',
        Metadata: { why: 'x' },
      }),
    );
    expect(await read(Key)).toBe('{"a":"ü"}');
    expect(await s3.send(new HeadObjectCommand({ Bucket, Key }))).toMatchObject({
      ContentLength: 10,
      ContentType: 'application/json',
      Metadata: { why: 'x' },
    });
  });

  test('streams a body in chunks with its checksum behind it', async () => {
    const text = 'line\n'.repeat(50_000);
    const Body = Readable.from(
      [text.slice(0, 100_000), text.slice(100_000)].map((part) => Buffer.from(part)),
    );
    await s3.send(new PutObjectCommand({ Bucket, Key: 'big', Body, ContentLength: text.length }));
    expect(await read('big')).toBe(text);
  });

  test('is told when what arrived is not what it sent', async () => {
    const put = new PutObjectCommand({ Bucket, Key: 'k', Body: 'x', ChecksumCRC32: 'AAAAAA==' });
    await expect(s3.send(put)).rejects.toMatchObject({ name: 'BadDigest' });
    expect(running.objects.head(Bucket, 'k')).toBeUndefined();
  });

  test('lists in pages, by prefix, and by folder', async () => {
    const keys = ['a/1', 'a/2', 'a/b/1', 'c', 'd&e'];
    for (const Key of [...keys].reverse()) await s3.send(new PutObjectCommand({ Bucket, Key, Body: Key }));
    const listed: (string | undefined)[] = [];
    let ContinuationToken: string | undefined;
    do {
      const page = await s3.send(new ListObjectsV2Command({ Bucket, MaxKeys: 2, ContinuationToken }));
      listed.push(...(page.Contents ?? []).map(({ Key }) => Key));
      ContinuationToken = page.NextContinuationToken;
    } while (ContinuationToken);
    expect(listed).toEqual(keys);
    const folder = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: 'a/', Delimiter: '/' }));
    expect(folder.Contents?.map(({ Key }) => Key)).toEqual(['a/1', 'a/2']);
    expect(folder.CommonPrefixes).toEqual([{ Prefix: 'a/b/' }]);
    const { Buckets } = await s3.send(new ListBucketsCommand({}));
    expect(Buckets?.map(({ Name }) => Name)).toEqual([Bucket, 'versioned']);
  });

  test('deletes, more than once, and then finds nothing', async () => {
    await s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'x' }));
    await s3.send(new DeleteObjectCommand({ Bucket, Key: 'k' }));
    await s3.send(new DeleteObjectCommand({ Bucket, Key: 'k' }));
    await expect(read('k')).rejects.toBeInstanceOf(NoSuchKey);
    await expect(s3.send(new HeadObjectCommand({ Bucket, Key: 'k' }))).rejects.toMatchObject({
      name: 'NotFound',
    });
  });

  test('does not overwrite where it asks for that', async () => {
    await s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'first', IfNoneMatch: '*' }));
    await expect(
      s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'second', IfNoneMatch: '*' })),
    ).rejects.toMatchObject({ name: 'PreconditionFailed' });
    expect(await read('k')).toBe('first');
  });

  test('is told of an unknown bucket, and of an operation that is not run', async () => {
    await expect(
      s3.send(new PutObjectCommand({ Bucket: 'other', Key: 'k', Body: 'x' })),
    ).rejects.toMatchObject({
      name: 'NoSuchBucket',
    });
    await expect(
      s3.send(new PutObjectTaggingCommand({ Bucket, Key: 'k', Tagging: { TagSet: [] } })),
    ).rejects.toMatchObject({
      name: 'NotImplemented',
      message: expect.stringContaining('PutObject') as string,
    });
  });

  test('tells by its version that an object was written again, where the bucket has versions', async () => {
    const versions = async (bucketName: string) => {
      const address = { Bucket: bucketName, Key: 'same' };
      const seen = [];
      for (let n = 0; n < 2; n += 1) {
        const put = await s3.send(new PutObjectCommand({ ...address, Body: 'same' }));
        const { VersionId } = await s3.send(new HeadObjectCommand(address));
        expect(VersionId).toBe(put.VersionId);
        seen.push(VersionId);
      }
      return seen;
    };
    const [first, second] = await versions('versioned');
    expect(first).not.toBe(second);
    expect(await versions(Bucket)).toEqual([undefined, undefined]);
  });

  test('finds its objects after a restart', async () => {
    await s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'kept' }));
    const { lines } = running.journal;
    expect(lines.join()).not.toContain('kept');
    expect(running.journal.compacted()).toHaveLength(1);
  });
});
