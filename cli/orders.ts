import { explained } from './aws/failures.ts';
import { parseArguments } from './arguments.ts';
import { EXIT, Failed, UsageError, type Context } from './command.ts';
import { COMMANDS } from './commands.ts';
import { createTerminal, Interrupted, type Io } from './terminal/terminal.ts';
import { nearest } from './terminal/nearest.ts';

const usage = `What operators of orders and subscribers to their events need, against the cloud and against this machine.

  orders events tail
  orders events match --rule rule.json --since 1d
  orders dlq list
  orders dlq redrive order-notifications-dlq --dry-run
  orders events replay --rule order-notifications --from 2h --to now
  orders reconcile --dry-run

${COMMANDS.map(({ name, summary }) => `  ${name.padEnd(16)}${summary}`).join('\n')}

  orders COMMAND --help   more about one
  --bus NAME              the event bus; orders when not given
  --json                  JSON on standard output: one object, or one a line of what does not end
  --no-input              never asks
  --no-color              nor with NO_COLOR set, nor where the output is no terminal

Region, credentials and AWS_ENDPOINT_URL are taken from where the AWS CLI takes them. Ends with 0 when all is done, 1 when
it failed, 2 for wrong arguments, 3 when a part failed, 130 after Ctrl-C.
`;

export async function orders(
  args: readonly string[],
  io: Io,
  { interrupted, now, pause }: Pick<Context, 'interrupted' | 'now' | 'pause'>,
): Promise<number> {
  const has = (...flags: string[]) => flags.some((flag) => args.includes(flag));
  const wishes = { json: has('--json'), noInput: has('--no-input'), noColor: has('--no-color') };
  const terminal = createTerminal(io, wishes, interrupted);
  const first = afterOptions(args);
  const named = COMMANDS.find(({ name }) =>
    name.split(' ').every((word, place) => args[first + place] === word),
  );
  if (!named) {
    if (has('--help', '-h')) {
      terminal.print(usage);
      return EXIT.done;
    }
    const asked = args
      .slice(first)
      .filter((arg) => !arg.startsWith('-'))
      .slice(0, 2)
      .join(' ');
    const near = nearest(
      asked,
      COMMANDS.map(({ name }) => name),
    );
    const hint = near ? ` Did you mean ${near}?` : first > 0 ? ' Its options stand behind a command.' : '';
    terminal.say(asked === '' ? usage : `There is no command "${asked}".${hint}`);
    return EXIT.usage;
  }
  const command = await named.load();
  if (has('--help', '-h')) {
    terminal.print(command.help);
    return EXIT.done;
  }
  const { createClients } = await import('./aws/clients.ts');
  const clients = createClients(io.env);
  try {
    const given = parseArguments(
      args.toSpliced(first, named.name.split(' ').length),
      command.options,
      // npm runs a script where package.json is, and says where it was called.
      io.env['INIT_CWD'] ?? '.',
    );
    return await command.run(given, { clients, env: io.env, terminal, interrupted, now, pause });
  } catch (error) {
    terminal.showLine('');
    const isOurs = [UsageError, Failed, Interrupted].some((kind) => error instanceof kind);
    terminal.say(isOurs ? (error as Error).message : explained(error));
    if (error instanceof Interrupted) return EXIT.interrupted;
    if (!(error instanceof UsageError)) return EXIT.failed;
    terminal.say(`More: orders ${named.name} --help`);
    return EXIT.usage;
  } finally {
    clients.destroy();
  }
}

/** Options of all commands may stand before the command: where it begins. */
function afterOptions(args: readonly string[]): number {
  let at = 0;
  while (args[at]?.startsWith('-')) at += args[at] === '--bus' ? 2 : 1;
  return at;
}
