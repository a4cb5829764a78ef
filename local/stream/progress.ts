/** How far a shard is done when its lanes finish out of order: up to the record before the lowest unsettled. */
export interface Progress {
  /** In the order of the shard. */
  read(sequence: string): void;
  settle(sequence: string): void;
  /** The last record of which it and all before it are settled; undefined before there is one. */
  readonly settledUpTo: string | undefined;
  readonly unsettled: number;
  /** Records that a new start would deliver again. */
  readonly span: number;
}

export function createProgress(): Progress {
  let order: string[] = [];
  let head = 0;
  const settled = new Set<string>();
  let settledUpTo: string | undefined;

  return {
    read: (sequence) => {
      order.push(sequence);
    },
    settle: (sequence) => {
      settled.add(sequence);
      for (let next = order[head]; next !== undefined && settled.delete(next); next = order[head]) {
        settledUpTo = next;
        head += 1;
      }
      if (head > 1_000 && head * 2 > order.length) {
        order = order.slice(head);
        head = 0;
      }
    },
    get settledUpTo() {
      return settledUpTo;
    },
    get unsettled() {
      return order.length - head - settled.size;
    },
    get span() {
      return order.length - head;
    },
  };
}
