import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { HttpRequest } from '../http.ts';
import { AwsError } from './service.ts';

/** The object's bytes: out of the chunks that the SDK streams, and compared with the checksums that came along. */
export function decodeBody({ headers, body }: HttpRequest): Buffer {
  const chunked =
    String(headers['x-amz-content-sha256'] ?? '').startsWith('STREAMING-') ||
    (headers['content-encoding'] ?? '').includes('aws-chunked');
  const { content, trailers } = chunked ? readChunks(body) : { content: body, trailers: {} };
  const sums: Record<string, unknown> = { ...headers, ...trailers };
  check('x-amz-checksum-crc32', sums, () => crc32Of(content));
  check('x-amz-checksum-sha256', sums, () => createHash('sha256').update(content).digest('base64'));
  check('x-amz-checksum-sha1', sums, () => createHash('sha1').update(content).digest('base64'));
  check('content-md5', sums, () => createHash('md5').update(content).digest('base64'));
  return content;
}

/** SIZE;chunk-signature=...\r\nBYTES\r\n ... 0\r\n name:value\r\n \r\n */
function readChunks(body: Buffer): { content: Buffer; trailers: Record<string, string> } {
  const chunks: Buffer[] = [];
  let at = 0;
  for (;;) {
    const end = body.indexOf('\r\n', at);
    const [, digits] = /^([0-9a-f]+)(;|$)/i.exec(body.toString('latin1', at, Math.max(at, end))) ?? [];
    const size = parseInt(digits ?? '', 16);
    at = end + 2;
    if (size === 0) break;
    if (Number.isNaN(size) || at + size > body.length) {
      throw new AwsError('IncompleteBody', 'The request body terminated unexpectedly');
    }
    chunks.push(body.subarray(at, at + size));
    at += size + 2;
  }
  const trailers = body
    .toString('latin1', at)
    .split('\r\n')
    .map((line) => /^([^:]+):(.*)$/.exec(line))
    .flatMap((match) => (match ? [[(match[1] ?? '').toLowerCase(), (match[2] ?? '').trim()] as const] : []));
  return { content: Buffer.concat(chunks), trailers: Object.fromEntries(trailers) };
}

function check(name: string, sums: Record<string, unknown>, compute: () => string): void {
  const given = sums[name];
  if (typeof given !== 'string' || given === compute()) return;
  if (name === 'content-md5')
    throw new AwsError('BadDigest', 'The Content-MD5 you specified did not match what we received.');
  const algorithm = name.replace('x-amz-checksum-', '').toUpperCase();
  throw new AwsError('BadDigest', `The ${algorithm} you specified did not match the calculated checksum.`);
}

function crc32Of(content: Buffer): string {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(crc32(content));
  return bytes.toString('base64');
}
