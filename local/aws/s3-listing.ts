import type { StoredObject } from '../objects/objects.ts';
import { element } from './s3-xml.ts';

export const listBuckets = (buckets: readonly string[]): string =>
  `<Buckets>${buckets.map((name) => `<Bucket>${element('Name', name)}</Bucket>`).join('')}</Buckets>`;

type Listed = { kind: 'object'; name: string; object: StoredObject } | { kind: 'prefix'; name: string };

/** One page of ListObjectsV2. The token is the last name that was listed. */
export function listObjects(
  bucket: string,
  objects: readonly StoredObject[],
  asked: URLSearchParams,
): string {
  const prefix = asked.get('prefix') ?? '';
  const max = Math.min(1000, Math.max(0, Number(asked.get('max-keys') ?? 1000)));
  const token = asked.get('continuation-token');
  const after = token === null ? asked.get('start-after') : Buffer.from(token, 'base64url').toString();
  const all = grouped(objects, prefix, asked.get('delimiter'));
  const rest = after === null ? all : all.filter(({ name }) => comesAfter(name, after));
  const page = rest.slice(0, max);
  const last = page.at(-1);
  const more = rest.length > page.length && last !== undefined;
  const shown = asked.get('encoding-type') === 'url' ? urlEncoded : (name: string) => name;
  return [
    element('Name', bucket),
    element('Prefix', shown(prefix)),
    element('MaxKeys', max),
    element('KeyCount', page.length),
    element('IsTruncated', more),
    ...(asked.get('encoding-type') === 'url' ? [element('EncodingType', 'url')] : []),
    ...(more ? [element('NextContinuationToken', Buffer.from(last.name).toString('base64url'))] : []),
    ...page.map((listed) =>
      listed.kind === 'object'
        ? `<Contents>${contents(listed.object, shown)}</Contents>`
        : `<CommonPrefixes>${element('Prefix', shown(listed.name))}</CommonPrefixes>`,
    ),
  ].join('');
}

const contents = ({ key, lastModified, etag, size }: StoredObject, shown: (name: string) => string) =>
  element('Key', shown(key)) +
  element('LastModified', new Date(lastModified).toISOString()) +
  element('ETag', `"${etag}"`) +
  element('Size', size) +
  element('StorageClass', 'STANDARD');

function grouped(objects: readonly StoredObject[], prefix: string, delimiter: string | null): Listed[] {
  const listed: Listed[] = [];
  for (const object of objects) {
    const end = delimiter ? object.key.indexOf(delimiter, prefix.length) : -1;
    const name = delimiter && end >= 0 ? object.key.slice(0, end + delimiter.length) : object.key;
    if (name === object.key && end < 0) listed.push({ kind: 'object', name, object });
    else if (listed.at(-1)?.name !== name) listed.push({ kind: 'prefix', name });
  }
  return listed;
}

const comesAfter = (name: string, other: string) => Buffer.compare(Buffer.from(name), Buffer.from(other)) > 0;

const urlEncoded = (name: string) => encodeURIComponent(name).replaceAll('%2F', '/');
