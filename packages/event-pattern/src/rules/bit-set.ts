/** A set of small numbers that is filled, read in order and emptied for each event. */
export class BitSet {
  private readonly words: Uint32Array;
  /** Which words are not empty, so that the others are not looked at. */
  private readonly used: Uint32Array;

  constructor(limit: number) {
    this.words = new Uint32Array((limit >> 5) + 1);
    this.used = new Uint32Array((limit >> 10) + 1);
  }

  add(member: number): void {
    const word = member >> 5;
    this.words[word] = (this.words[word] as number) | (1 << member);
    this.used[word >> 5] = (this.used[word >> 5] as number) | (1 << word);
  }

  /** Gives the members in ascending order and forgets them. */
  drain(take: (member: number) => void): void {
    const { words, used } = this;
    for (let place = 0; place < used.length; place++) {
      let usedWords = used[place] as number;
      used[place] = 0;
      for (; usedWords !== 0; usedWords &= usedWords - 1) {
        const word = (place << 5) + lowestBit(usedWords);
        let members = words[word] as number;
        words[word] = 0;
        for (; members !== 0; members &= members - 1) take((word << 5) + lowestBit(members));
      }
    }
  }
}

function lowestBit(word: number): number {
  return 31 - Math.clz32(word & -word);
}
