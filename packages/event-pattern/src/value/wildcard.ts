/**
 * A text with `*` for any run of characters, `\*` for a star and `\\` for a backslash. Matched without
 * backtracking: the earliest place for each piece between stars is always good enough.
 */
export class Wildcard {
  /** What a match begins with. */
  readonly head: string;
  /** What a match ends with, after a star. */
  readonly tail: string;
  /** The longest piece, which every match contains. */
  readonly longest: string;
  readonly stars: number;
  /** The literal pieces between the stars; the first and the last may be empty. */
  private readonly pieces: readonly string[];

  constructor(readonly text: string) {
    this.pieces = piecesOf(text);
    this.stars = this.pieces.length - 1;
    this.head = this.pieces[0] as string;
    this.tail = this.pieces.slice(1).at(-1) ?? '';
    this.longest = this.pieces.reduce((longest, piece) => (piece.length > longest.length ? piece : longest));
  }

  matches(value: string): boolean {
    const { pieces } = this;
    const last = pieces.length - 1;
    if (last === 0) return value === pieces[0];
    const limit = value.length - this.tail.length;
    let from = this.head.length;
    if (from > limit || !value.startsWith(this.head) || !value.endsWith(this.tail)) return false;
    for (let index = 1; index < last; index++) {
      const piece = pieces[index] as string;
      const found = value.indexOf(piece, from);
      if (found < 0 || found + piece.length > limit) return false;
      from = found + piece.length;
    }
    return true;
  }
}

/** Why a wildcard is refused, or undefined when it is sound. */
export function wildcardRefusal(text: string): string | undefined {
  const bare = text.replace(/\\[\\*]/g, '_');
  if (bare.includes('\\')) return 'in a wildcard a backslash may only stand before "*" or "\\"';
  return bare.includes('**') ? 'a wildcard has no two stars in a row' : undefined;
}

function piecesOf(text: string): string[] {
  const pieces: string[] = [];
  let piece = '';
  for (const [, star, character = ''] of text.matchAll(/(\*)|\\?([^])/g)) {
    if (star === undefined) piece += character;
    else {
      pieces.push(piece);
      piece = '';
    }
  }
  return [...pieces, piece];
}
