import { createHash } from 'node:crypto';

const NAMESPACE = '6f1c7a52b0c84f0e9d0e2a9a54c1e7d3';

/** UUIDv5 (RFC 9562), as the publisher makes event ids. */
export const uuidOf = (name: unknown): string => {
  const hash = createHash('sha1').update(Buffer.from(NAMESPACE, 'hex')).update(JSON.stringify(name)).digest();
  hash.writeUInt8((hash.readUInt8(6) & 0x0f) | 0x50, 6);
  hash.writeUInt8((hash.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = hash.toString('hex', 0, 16);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
};
