export class WrongArgument extends Error {}

/** A whole number given for an option. */
export const whole = (name: string, given: string): number => {
  if (!/^\d{1,9}$/.test(given)) throw new WrongArgument(`--${name} takes a whole number, not "${given}".`);
  return Number(given);
};
