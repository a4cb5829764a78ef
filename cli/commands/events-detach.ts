import { EXIT, Failed, type Command } from '../command.ts';
import { detach, PREFIX, scratchRules } from '../scratch/scratch-rules.ts';
import { scratchName } from './events-attach.ts';

export const eventsDetach: Command = {
  help: `Removes a scratch rule and its queue, with the messages in it.

  orders events detach rule
  orders events detach big-orders --json

NAME and --bus are what orders events attach was given, the name with or without ${PREFIX}.
`,
  options: {},
  run: async (given, { clients, terminal }) => {
    const name = scratchName(given.argument('The name of the scratch rule'));
    const bus = given.required('bus');
    const { rule, queue, left } = await detach(name, bus, clients);
    const kept = left === undefined ? '' : ` The queue ${name} stays: ${left}.`;
    if (!rule && !queue) {
      const there = (await scratchRules(bus, clients)).join(', ');
      const others = there ? `There are: ${there}.` : 'There is none.';
      throw new Failed(`There is no scratch rule ${name} on bus ${bus}. ${others}${kept}`);
    }
    const removed = rule && queue ? 'Rule and queue' : rule ? 'Rule' : 'The rule was gone; queue';
    if (terminal.json)
      terminal.printJson({ rule: rule ? name : null, queue: queue ? name : null, removed: true });
    else terminal.print(`${removed} ${name} ${rule && queue ? 'are' : 'is'} removed.${kept}`);
    return EXIT.done;
  },
};
