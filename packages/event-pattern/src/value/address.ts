/** Addresses that have `prefix` as their first bits, of the addresses of `width` bits. */
export interface Block {
  readonly prefix: string;
  readonly width: number;
}

/**
 * An IP address as 32 or 128 characters of 0 and 1. Spellings of one address give the same bits, and an
 * IPv4 address mapped into IPv6 is the IPv4 address, as Java's InetAddress has it.
 */
export function addressBits(text: string): string | undefined {
  if (!/^[\da-fA-F]*[.:]/.test(text)) return undefined;
  return text.includes(':') ? addressBits6(text) : addressBits4(text);
}

/**
 * Whether a block covers an address. The engine does not keep the families apart: of an IPv6 address it
 * compares the first 32 bits with an IPv4 block, and an IPv4 address is in an IPv6 block once its bits
 * are strictly between those of the first and of the last address.
 */
export function covers({ prefix, width }: Block, bits: string): boolean {
  if (!bits.startsWith(prefix)) return false;
  return bits.length >= width || (bits.includes('0', prefix.length) && bits.includes('1', prefix.length));
}

/** What a CIDR expression covers, or the reason it is refused. */
export function cidrBlock(text: string): { readonly block: Block } | { readonly refusal: string } {
  const [address = '', mask, ...rest] = text.replace(/\/+$/, '').split('/');
  if (mask === undefined || rest.length > 0) return { refusal: 'a CIDR block has one "/"' };
  if (!/^[-+]?\d+$/.test(mask)) return { refusal: 'the mask of a CIDR block is an integer' };
  const bits = addressBits(address);
  if (bits === undefined) return { refusal: `${JSON.stringify(address)} is not an IP address` };
  const longest = bits.length - 1;
  if (Number(mask) < 0 || Number(mask) > longest) return { refusal: `the mask is from 0 to ${longest}` };
  return { block: { prefix: bits.slice(0, Number(mask)), width: bits.length } };
}

function addressBits4(text: string): string | undefined {
  if (text.length > 15 || !/^\d+\.\d+\.\d+\.\d+$/.test(text)) return undefined;
  const bytes = text.split('.').map(Number);
  return bytes.every((byte) => byte < 256) ? bytes.map((byte) => binary(byte, 8)).join('') : undefined;
}

function addressBits6(text: string): string | undefined {
  if (!/^(?:[\da-fA-F]+(?::[\da-fA-F]+)*)?(?:::(?:[\da-fA-F]+(?::[\da-fA-F]+)*)?)?$/.test(text))
    return undefined;
  const [head, tail] = text.split('::').map(groupsOf) as [number[], number[]?];
  const given = [...head, ...(tail ?? [])];
  const elided = 8 - given.length;
  if (tail === undefined ? elided !== 0 : elided < 1) return undefined;
  const groups = tail === undefined ? given : [...head, ...Array<number>(elided).fill(0), ...tail];
  if (groups.some((group) => group > 0xffff)) return undefined;
  const bits = groups.map((group) => binary(group, 16)).join('');
  return bits.startsWith(MAPPED) ? bits.slice(MAPPED.length) : bits;
}

const MAPPED = '0'.repeat(80) + '1'.repeat(16);

function groupsOf(text: string): number[] {
  return text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16));
}

function binary(value: number, width: number): string {
  return value.toString(2).padStart(width, '0');
}
