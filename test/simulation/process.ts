/** What befell a process from outside: what it does a second time then has a cause. */
export type Wound = 'orders' | 'bus' | 'objects' | 'clock' | 'frozen' | 'killed';

/** A process of the simulated world: once killed or frozen it hears no answer any more, and so does nothing any more. */
export interface Process {
  kill: () => void;
  freeze: () => void;
  /** Runs when it is killed. */
  onEnd: (what: () => void) => void;
  /** The answer, or silence for ever when the process was killed before it came. */
  hears<T>(answer: Promise<T>): Promise<T>;
  hurt: (wound: Wound) => void;
  wounds: () => readonly Wound[];
}

export const startProcess = (): Process => {
  let alive = true;
  let deaf = false;
  const wounds: Wound[] = [];
  const ends: (() => void)[] = [];
  return {
    kill: () => {
      if (!alive) return;
      alive = false;
      deaf = true;
      for (const what of ends) what();
    },
    freeze: () => {
      deaf = true;
    },
    onEnd: (what) => {
      ends.push(what);
    },
    hears: (answer) =>
      new Promise((resolve, reject) => {
        answer.then(
          (value) => {
            if (!deaf) resolve(value);
          },
          (error: unknown) => {
            if (!deaf) reject(error instanceof Error ? error : new Error(String(error)));
          },
        );
      }),
    hurt: (wound) => {
      wounds.push(wound);
    },
    wounds: () => wounds,
  };
};
