import type { HttpRequest, HttpResponse } from '../http.ts';
import type { ObjectService, StoredObject } from '../objects/objects.ts';
import { decodeBody } from './s3-body.ts';
import { listBuckets, listObjects } from './s3-listing.ts';
import { element, xml } from './s3-xml.ts';
import { AwsError, type AwsService } from './service.ts';

const maxKeyBytes = 1024;

type Operation = (
  address: { bucket: string; key: string },
  request: HttpRequest,
) => Promise<HttpResponse> | HttpResponse;

/** S3 by path: /BUCKET/KEY. */
export function s3Service(objects: ObjectService): AwsService {
  const known = (bucket: string) => {
    if (!objects.buckets().includes(bucket)) {
      throw new AwsError('NoSuchBucket', 'The specified bucket does not exist', 404);
    }
    return bucket;
  };
  const found = (bucket: string, key: string): StoredObject => {
    const object = objects.head(known(bucket), key);
    if (!object) throw new AwsError('NoSuchKey', 'The specified key does not exist.', 404);
    return object;
  };

  const versionOf = (bucket: string, { file }: StoredObject): Record<string, string> =>
    objects.versioned(bucket) ? { 'x-amz-version-id': file } : {};

  const operations: Record<string, Operation> = {
    ListBuckets: () => xml('ListAllMyBucketsResult', listBuckets(objects.buckets())),
    HeadBucket: ({ bucket }) => {
      known(bucket);
      return { status: 200 };
    },
    ListObjectsV2: ({ bucket }, { query }) => {
      const asked = new URLSearchParams(query);
      const listed = objects.list(known(bucket), asked.get('prefix') ?? '');
      return xml('ListBucketResult', listObjects(bucket, listed, asked));
    },
    PutObject: async ({ bucket, key }, request) => {
      known(bucket);
      if (Buffer.byteLength(key) > maxKeyBytes) throw new AwsError('KeyTooLongError', 'Your key is too long');
      if (request.headers['if-none-match'] === '*' && objects.head(bucket, key)) {
        throw new AwsError(
          'PreconditionFailed',
          'At least one of the pre-conditions you specified did not hold',
          412,
        );
      }
      const object = await objects.write(bucket, key, decodeBody(request), aboutObject(request));
      return { status: 200, headers: { etag: `"${object.etag}"`, ...versionOf(bucket, object) } };
    },
    GetObject: async ({ bucket, key }) => {
      const object = found(bucket, key);
      const headers = { ...headersOf(object), ...versionOf(bucket, object) };
      return { status: 200, headers, body: (await objects.get(bucket, key)) ?? '' };
    },
    HeadObject: ({ bucket, key }) => {
      const object = found(bucket, key);
      const headers = { ...headersOf(object), ...versionOf(bucket, object) };
      return { status: 200, headers: { ...headers, 'content-length': String(object.size) } };
    },
    DeleteObject: async ({ bucket, key }) => {
      await objects.delete(known(bucket), key);
      return { status: 204 };
    },
  };

  return {
    name: 's3',
    operationOf,
    answer: async ({ operation, request }) => {
      const run = operations[operation];
      if (!run) {
        const supported = Object.keys(operations).join(', ');
        throw new AwsError(
          'NotImplemented',
          `${operation} is not run on this machine. Supported: ${supported}.`,
          501,
        );
      }
      return run(addressOf(request), request);
    },
    refuse: ({ code, message, status }, { path }) => ({
      ...xml('Error', element('Code', code) + element('Message', message) + element('Resource', path)),
      status,
    }),
  };
}

/** Sub-resources name operations of their own: ?tagging, ?uploads... */
const plainParameters = new Set(
  ['x-id', 'list-type', 'prefix', 'delimiter', 'max-keys', 'max-buckets'].concat([
    'continuation-token',
    'start-after',
    'encoding-type',
    'fetch-owner',
  ]),
);

function operationOf(request: HttpRequest): string {
  const { method, query } = request;
  const { bucket, key } = addressOf(request);
  const sub = [...new URLSearchParams(query).keys()].find(
    (name) => !plainParameters.has(name) && !name.toLowerCase().startsWith('x-amz-'),
  );
  if (sub !== undefined) return `${method} ?${sub}`;
  if (request.headers['x-amz-copy-source'] !== undefined) return 'CopyObject';
  const level = key ? 'object' : bucket ? 'bucket' : 'service';
  const names: Record<string, string> = {
    'GET service': 'ListBuckets',
    'HEAD bucket': 'HeadBucket',
    'GET bucket': 'ListObjectsV2',
    'PUT object': 'PutObject',
    'GET object': 'GetObject',
    'HEAD object': 'HeadObject',
    'DELETE object': 'DeleteObject',
  };
  return names[`${method} ${level}`] ?? `${method} of a ${level}`;
}

export function addressOf({ path }: HttpRequest): { bucket: string; key: string } {
  const [, bucket = '', key = ''] = /^\/([^/]*)\/?(.*)$/s.exec(path) ?? [];
  try {
    return { bucket, key: decodeURIComponent(key) };
  } catch {
    throw new AwsError('InvalidURI', "Couldn't parse the specified URI.");
  }
}

function aboutObject({ headers }: HttpRequest): { contentType?: string; metadata: Record<string, string> } {
  const contentType = headers['content-type'];
  const metadata: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (name.startsWith('x-amz-meta-')) metadata[name] = String(value);
  }
  return { metadata, ...(contentType !== undefined && { contentType }) };
}

const headersOf = ({ etag, lastModified, contentType, metadata }: StoredObject): Record<string, string> => ({
  etag: `"${etag}"`,
  'last-modified': new Date(lastModified).toUTCString(),
  'content-type': contentType ?? 'binary/octet-stream',
  ...metadata,
});
