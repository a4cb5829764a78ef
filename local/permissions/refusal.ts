import { Unready } from '../unready.ts';

/** Ends the start: what is not evaluated must not be taken for allowed. */
export type Refuse = (what: string) => never;

export const refusing =
  (policy: string): Refuse =>
  (what) => {
    throw new Unready(`The permissions of ${policy} cannot be evaluated: ${what}.`);
  };
