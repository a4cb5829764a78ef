import { parseArgs, type ParseArgsConfig } from 'node:util';

/** How a command ends that puts the system to the test. */
export const CODES = { kept: 0, broken: 1, usage: 2 };

export type Out = Pick<NodeJS.WriteStream, 'write' | 'isTTY'>;

export class WrongArgument extends Error {}

/** A whole number given for an option. */
export const whole = (name: string, given: string): number => {
  if (!/^\d{1,9}$/.test(given)) throw new WrongArgument(`--${name} takes a whole number, not "${given}".`);
  return Number(given);
};

const HELP = { help: { type: 'boolean', short: 'h', default: false } } as const;

/** What was given for these options, and whether for --help. */
export const optionsOf = <Options extends NonNullable<ParseArgsConfig['options']>>(
  given: string[],
  options: Options,
) => {
  try {
    return parseArgs({ args: given, options: { ...options, ...HELP } }).values;
  } catch (error) {
    throw new WrongArgument(error instanceof Error ? error.message : String(error));
  }
};

interface Command<Asked> {
  usage: string;
  read: (given: string[]) => Asked;
  /** Gives the exit code. */
  run: (asked: Asked, out: Out, err: Out) => Promise<number>;
}

/** Gives the exit code, and answers --help and wrong arguments itself. */
export const commandOf =
  <Asked extends { help: boolean }>({ usage, read, run }: Command<Asked>) =>
  async (given: string[], out: Out, err: Out): Promise<number> => {
    let asked: Asked;
    try {
      asked = read(given);
    } catch (error) {
      if (!(error instanceof WrongArgument)) throw error;
      err.write(`${error.message}\n\n${usage}`);
      return CODES.usage;
    }
    if (asked.help) {
      out.write(usage);
      return CODES.kept;
    }
    return run(asked, out, err);
  };
