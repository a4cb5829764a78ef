import { CancelReplayCommand } from '@aws-sdk/client-eventbridge';
import { EXIT, type Command } from '../command.ts';

export const eventsCancel: Command = {
  help: `Ends a replay of the archive. What it has delivered stays delivered.

  orders events cancel order-notifications-20261122T100000000Z
`,
  options: {},
  run: async (given, { clients, terminal }) => {
    const ReplayName = given.argument('The name of the replay');
    const { State } = await clients.events.send(new CancelReplayCommand({ ReplayName }));
    if (terminal.json) terminal.printJson({ replay: ReplayName, state: State });
    else terminal.print(`Replay ${ReplayName}: ${String(State)}.`);
    return EXIT.done;
  },
};
