export interface Check {
  name: string;
  /** `look`: nothing fails, and somebody should know of it; `unknown`: it could not be asked. */
  state: 'ok' | 'look' | 'wrong' | 'unknown';
  finding: string;
  /** What to do about it. */
  remedy?: string;
}

export type Examination = Omit<Check, 'name'>;
