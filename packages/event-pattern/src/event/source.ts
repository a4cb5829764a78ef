import { numberOf, type InexactNumber } from '../value/number.ts';
import type { Bytes } from './scan.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Beyond this a buffer is made for the one event and given up. */
const KEPT_BYTES = 1 << 20;
let kept = new Uint8Array(1 << 14);

/** A JSON text and its bytes: bytes are quicker to scan, the text is quicker to cut strings from. */
export class Source {
  readonly bytes: Bytes;
  private readonly isAscii: boolean;

  /** Good until the next one is made, since they share a buffer. */
  constructor(private readonly text: string) {
    const needed = text.length * 3 + 1;
    if (needed > kept.length && needed <= KEPT_BYTES) kept = new Uint8Array(needed);
    this.bytes = needed > kept.length ? new Uint8Array(needed) : kept;
    const { written } = encoder.encodeInto(text, this.bytes);
    this.bytes[written] = 0;
    this.isAscii = written === text.length;
  }

  /** A stretch without escapes. */
  plainAt(start: number, end: number): string {
    return this.isAscii ? this.text.slice(start, end) : decoder.decode(this.bytes.subarray(start, end));
  }

  /** A string with escapes, from between its quotes. */
  stringAt(start: number, end: number): string {
    return JSON.parse(this.plainAt(start - 1, end + 1)) as string;
  }

  numberAt(start: number, end: number): number | InexactNumber {
    return numberOf(this.plainAt(start, end));
  }
}
