import { createClients } from './aws/clients.ts';
import { explained } from './aws/failures.ts';
import { parseArguments } from './arguments.ts';
import { EXIT, Failed, UsageError, type Command, type Context } from './command.ts';
import { dlqList } from './commands/dlq-list.ts';
import { dlqPeek } from './commands/dlq-peek.ts';
import { dlqRedrive } from './commands/dlq-redrive.ts';
import { eventsAttach } from './commands/events-attach.ts';
import { eventsCancel } from './commands/events-cancel.ts';
import { eventsDetach } from './commands/events-detach.ts';
import { eventsMatch } from './commands/events-match.ts';
import { eventsReplay } from './commands/events-replay.ts';
import { eventsSample } from './commands/events-sample.ts';
import { eventsTail } from './commands/events-tail.ts';
import { eventsTrigger } from './commands/events-trigger.ts';
import { reconcile } from './commands/reconcile.ts';
import { createTerminal, type Io } from './terminal/terminal.ts';
import { nearest } from './terminal/nearest.ts';

const commands: readonly Command[] = [
  eventsTail,
  eventsMatch,
  eventsTrigger,
  eventsAttach,
  eventsDetach,
  eventsSample,
  eventsReplay,
  eventsCancel,
  dlqList,
  dlqPeek,
  dlqRedrive,
  reconcile,
];

const usage = `What operators of orders and subscribers to their events need, against the cloud and against this machine.

  orders events tail
  orders events match --rule rule.json --since 1d
  orders dlq list
  orders dlq redrive order-notifications-dlq --dry-run
  orders events replay --rule order-notifications --from 2h --to now
  orders reconcile --dry-run

${commands.map(({ name, summary }) => `  ${name.padEnd(16)}${summary}`).join('\n')}

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
  const terminal = createTerminal(io, {
    json: has('--json'),
    noInput: has('--no-input'),
    noColor: has('--no-color'),
  });
  const command = commands.find(({ name }) => name.split(' ').every((word, place) => args[place] === word));
  if (!command) {
    if (has('--help', '-h')) {
      terminal.print(usage);
      return EXIT.done;
    }
    const asked = args
      .filter((arg) => !arg.startsWith('-'))
      .slice(0, 2)
      .join(' ');
    const near = nearest(
      asked,
      commands.map(({ name }) => name),
    );
    terminal.say(
      asked === '' ? usage : `There is no command "${asked}".${near ? ` Did you mean ${near}?` : ''}`,
    );
    return EXIT.usage;
  }
  if (has('--help', '-h')) {
    terminal.print(command.help);
    return EXIT.done;
  }
  const clients = createClients(io.env);
  try {
    const given = parseArguments(
      args.slice(command.name.split(' ').length),
      command.options,
      // npm runs a script where package.json is, and says where it was called.
      io.env['INIT_CWD'] ?? '.',
    );
    return await command.run(given, { clients, env: io.env, terminal, interrupted, now, pause });
  } catch (error) {
    terminal.showLine('');
    const isOurs = error instanceof UsageError || error instanceof Failed;
    terminal.say(isOurs ? error.message : explained(error));
    if (!(error instanceof UsageError)) return EXIT.failed;
    terminal.say(`More: orders ${command.name} --help`);
    return EXIT.usage;
  } finally {
    clients.destroy();
  }
}
