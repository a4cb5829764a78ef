/** Something that could not be delivered, wherever it is kept. */
export interface Letter {
  /** Of the message, or the object's key. */
  id: string;
  /** `detail.metadata.eventId`, the same for every copy of the event. */
  eventId?: string;
  /** When it was put here, in milliseconds. */
  at: number;
  error: string;
  attempts?: number;
  /** Where it was going. */
  destination: string;
  /** What a filter looks at: the event, or each change record. */
  subjects: readonly unknown[];
  /** Resolves when where it was going has accepted it. */
  redeliver(): Promise<void>;
  remove(): Promise<void>;
  /** Others may take it again. */
  release(): Promise<void>;
}

export interface Place {
  name: string;
  kind: 'queue' | 'failure store';
  /** Rules, or the function, whose failures are kept here. */
  of: readonly string[];
  /** What can be taken now. */
  count(): Promise<number>;
  /** Batches, at most so many letters in all, none of them twice; those of one batch may be redelivered side by side. */
  take(most: number): AsyncGenerator<Letter[]>;
}
