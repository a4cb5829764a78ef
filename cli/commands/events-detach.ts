import { EXIT, Failed, type Command } from '../command.ts';
import { detach, PREFIX, scratchRules } from '../scratch/scratch-rules.ts';
import { scratchName } from './events-attach.ts';

export const eventsDetach: Command = {
  help: `Removes a scratch rule and its queue, with the messages in it.

  orders events detach rule
  orders events detach big-orders --json

NAME is what orders events attach was given, with or without ${PREFIX}.
`,
  options: {},
  run: async (given, { clients, terminal }) => {
    const name = scratchName(given.argument('The name of the scratch rule'));
    const bus = given.required('bus');
    if (!(await detach(name, bus, clients))) {
      const there = (await scratchRules(bus, clients)).join(', ');
      throw new Failed(
        `There is no scratch rule ${name}. ${there ? `There are: ${there}.` : 'There is none.'}`,
      );
    }
    if (terminal.json) terminal.printJson({ rule: name, queue: name, removed: true });
    else terminal.print(`Rule and queue ${name} are removed.`);
    return EXIT.done;
  },
};
