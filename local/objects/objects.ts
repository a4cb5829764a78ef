import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock, Journal, Objects, Stack } from '../parts.ts';
import { record, text } from '../properties.ts';

export interface StoredObject {
  key: string;
  size: number;
  lastModified: number;
  /** MD5 in hex, as S3's ETag of a plain upload. */
  etag: string;
  contentType?: string;
  metadata?: Record<string, string>;
  /** The file that holds the content. */
  file: string;
}

type ObjectEntry =
  { type: 'put'; bucket: string; object: StoredObject } | { type: 'deleted'; bucket: string; key: string };

/** What the S3 endpoint needs beyond the contract between the parts. */
export interface ObjectService extends Objects {
  write(
    bucket: string,
    key: string,
    body: Uint8Array,
    about?: { contentType?: string; metadata?: Record<string, string> },
  ): Promise<StoredObject>;
  head(bucket: string, key: string): StoredObject | undefined;
  /** Whether each write is a version of its own; only the newest is kept here. */
  versioned(bucket: string): boolean;
  /** In the order of their keys' UTF-8 bytes, as S3 lists. */
  list(bucket: string, prefix?: string): StoredObject[];
  /** Removes files that a crash left without an entry; after the journal is loaded. */
  sweep(): Promise<void>;
}

const part = 'objects';

/** Content in one file per object; the journal holds what is known about each. */
export function createObjects(parts: {
  stack: Stack;
  journal: Journal;
  clock: Clock;
  directory: string;
}): ObjectService {
  const { journal, clock, directory } = parts;
  const buckets = new Map(
    parts.stack.ofType('AWS::S3::Bucket').map(({ ref }) => [ref, new Map<string, StoredObject>()]),
  );
  const versioned = new Set(
    parts.stack
      .ofType('AWS::S3::Bucket')
      .filter(
        ({ properties }) => text(record(properties, 'VersioningConfiguration') ?? {}, 'Status') === 'Enabled',
      )
      .map(({ ref }) => ref),
  );
  const append = (entry: ObjectEntry) => journal.append({ part, entry });
  const known = (bucket: string) => {
    const objects = buckets.get(bucket);
    if (!objects) throw new Error(`No bucket ${bucket} in the template`);
    return objects;
  };
  const remove = (object: StoredObject | undefined) =>
    object ? rm(join(directory, object.file), { force: true }) : undefined;

  journal.register(part, {
    apply: (given) => {
      const entry = given as ObjectEntry;
      if (entry.type === 'put') buckets.get(entry.bucket)?.set(entry.object.key, entry.object);
      else buckets.get(entry.bucket)?.delete(entry.key);
    },
    snapshot: () =>
      [...buckets].flatMap(([bucket, objects]) =>
        [...objects.values()].map((object): ObjectEntry => ({ type: 'put', bucket, object })),
      ),
  });

  const write: ObjectService['write'] = async (bucket, key, body, about = {}) => {
    const objects = known(bucket);
    const object: StoredObject = {
      key,
      size: body.byteLength,
      lastModified: clock.now(),
      etag: createHash('md5').update(body).digest('hex'),
      ...about,
      file: randomUUID(),
    };
    await mkdir(directory, { recursive: true });
    await writeSynced(join(directory, object.file), body);
    const replaced = objects.get(key);
    await append({ type: 'put', bucket, object });
    await remove(replaced);
    return object;
  };

  return {
    write,
    put: async (bucket, key, body) => {
      await write(bucket, key, body);
    },
    get: async (bucket, key) => {
      const object = known(bucket).get(key);
      return object && readFile(join(directory, object.file));
    },
    head: (bucket, key) => known(bucket).get(key),
    versioned: (bucket) => versioned.has(bucket),
    delete: async (bucket, key) => {
      const object = known(bucket).get(key);
      if (!object) return;
      await append({ type: 'deleted', bucket, key });
      await remove(object);
    },
    list: (bucket, prefix = '') =>
      [...known(bucket).values()]
        .filter(({ key }) => key.startsWith(prefix))
        .sort((a, b) => Buffer.compare(Buffer.from(a.key), Buffer.from(b.key))),
    buckets: () => [...buckets.keys()],
    sweep: async () => {
      const wanted = new Set(
        [...buckets.values()].flatMap((objects) => [...objects.values()].map(({ file }) => file)),
      );
      const files = await readdir(directory).catch(() => []);
      await Promise.all(files.filter((file) => !wanted.has(file)).map((file) => rm(join(directory, file))));
    },
  };
}

async function writeSynced(path: string, body: Uint8Array): Promise<void> {
  const handle = await open(path, 'wx');
  try {
    await handle.writeFile(body);
    await handle.datasync();
  } finally {
    await handle.close();
  }
}
