import { apiUrl, urlHelp } from '../api.ts';
import { EXIT, type Command } from '../command.ts';
import { examined } from '../doctor/examine.ts';
import { table } from '../terminal/table.ts';

const MARKS = { ok: 'ok', look: 'look', wrong: 'WRONG', unknown: '?', skipped: '-' } as const;

export const doctor: Command = {
  help: `Looks along the way of an event, from the API to the dead letters, and says what is wrong and what to do.

  orders doctor
  orders doctor --url https://orders.example.com --json

${urlHelp}

Reads only. Ends with 3 when something is wrong, or could not be asked; what is merely worth a look does not count.
`,
  options: { url: { type: 'string' } },
  run: async (given, { clients, terminal, env }) => {
    const checks = await examined(given.required('bus'), apiUrl(given, env), clients);
    if (terminal.json) terminal.printJson({ checks });
    else {
      const rows = checks.map(({ name, state, finding }) => [name, MARKS[state], finding]);
      terminal.print(table(['CHECK', 'STATE', 'FINDING'], rows, terminal));
      for (const { name, remedy } of checks) if (remedy !== undefined) terminal.say(`${name}: ${remedy}`);
    }
    return checks.some(({ state }) => ['wrong', 'unknown'].includes(state)) ? EXIT.partly : EXIT.done;
  },
};
