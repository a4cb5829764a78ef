/**
 * IP addresses as bits: a family digit, then 32 or 128 characters of 0 and 1. A CIDR block is then a
 * prefix of its addresses. Spellings of one address give the same bits, and an IPv4 address mapped into
 * IPv6 is the IPv4 address, as Java's InetAddress has it.
 */
export function addressBits(text: string): string | undefined {
  if (!/^[\da-fA-F]*[.:]/.test(text)) return undefined;
  return text.includes(':') ? addressBits6(text) : addressBits4(text);
}

/** What a CIDR expression covers, or the reason it is refused. */
export function cidrBits(text: string): { readonly bits: string } | { readonly refusal: string } {
  const [address = '', mask, ...rest] = text.replace(/\/+$/, '').split('/');
  if (mask === undefined || rest.length > 0) return { refusal: 'a CIDR block has one "/"' };
  if (!/^[-+]?\d+$/.test(mask)) return { refusal: 'the mask of a CIDR block is an integer' };
  const bits = addressBits(address);
  if (bits === undefined) return { refusal: `${JSON.stringify(address)} is not an IP address` };
  const longest = bits.length - 2;
  if (Number(mask) < 0 || Number(mask) > longest) return { refusal: `the mask is from 0 to ${longest}` };
  return { bits: bits.slice(0, 1 + Number(mask)) };
}

function addressBits4(text: string): string | undefined {
  if (text.length > 15 || !/^\d+\.\d+\.\d+\.\d+$/.test(text)) return undefined;
  const bytes = text.split('.').map(Number);
  return bytes.every((byte) => byte < 256) ? `4${bytes.map((byte) => binary(byte, 8)).join('')}` : undefined;
}

function addressBits6(text: string): string | undefined {
  if (!/^(?:[\da-fA-F]+(?::[\da-fA-F]+)*)?(?:::(?:[\da-fA-F]+(?::[\da-fA-F]+)*)?)?$/.test(text))
    return undefined;
  const [head, tail] = text.split('::').map(groupsOf);
  const given = [...(head ?? []), ...(tail ?? [])];
  const elided = 8 - given.length;
  if (tail === undefined ? elided !== 0 : elided < 1) return undefined;
  const groups = tail === undefined ? given : [...(head ?? []), ...Array<number>(elided).fill(0), ...tail];
  if (groups.some((group) => group > 0xffff)) return undefined;
  const bits = groups.map((group) => binary(group, 16)).join('');
  return bits.startsWith(MAPPED) ? `4${bits.slice(MAPPED.length)}` : `6${bits}`;
}

const MAPPED = '0'.repeat(80) + '1'.repeat(16);

function groupsOf(text: string): number[] {
  return text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16));
}

function binary(value: number, width: number): string {
  return value.toString(2).padStart(width, '0');
}
