export interface Check {
  name: string;
  /** `look`: nothing fails, and somebody should know of it; `unknown`: asking failed; `skipped`: nobody said where to ask. */
  state: 'ok' | 'look' | 'wrong' | 'unknown' | 'skipped';
  finding: string;
  /** What to do about it. */
  remedy?: string;
}

export type Examination = Omit<Check, 'name'>;
