import { isLocal, localToken, requiredApiUrl, urlHelp } from '../api.ts';
import { EXIT, UsageError, type Command, type Given } from '../command.ts';

const halfADay = '43200';

export const token: Command = {
  help: `Prints a token for the API of this machine, and nothing else: one to put into a variable.

  TOKEN=$(npm run -s orders -- token --customer C101)
  orders token --staff U1001
  orders token --admin A1 --expires-in 60

  --customer ID            whose orders it opens
  --staff ID               of somebody whom the directory has as active: U1001 after npm start -- --seed
  --admin ID               who may write the directory of staff
  --expires-in SECONDS     ${halfADay} when not given, half a day

${urlHelp}

Of an API in the cloud the identity provider gives them: docs/deploy.md.
`,
  options: {
    customer: { type: 'string' },
    staff: { type: 'string' },
    admin: { type: 'string' },
    'expires-in': { type: 'string', default: halfADay },
    url: { type: 'string' },
  },
  run: async (given, { terminal, env }) => {
    const claims = claimsIn(given);
    const expiresIn = given.positive('expires-in') ?? Number(halfADay);
    if (!Number.isSafeInteger(expiresIn)) throw new UsageError('--expires-in takes whole seconds.');
    const url = requiredApiUrl(given, env);
    if (!isLocal(url))
      throw new UsageError(
        `${url} is not on this machine: its identity provider gives tokens, see docs/deploy.md.`,
      );
    const made = await localToken(url, { ...claims, expiresIn });
    if (terminal.json) terminal.printJson({ token: made, ...claims, expiresIn });
    else terminal.print(made);
    return EXIT.done;
  },
};

function claimsIn(given: Given): { sub: string; scope: string; customerId?: string } {
  const roles = ['customer', 'staff', 'admin'] as const;
  const asked = roles.flatMap((role) => {
    const sub = given.text(role);
    return sub === undefined ? [] : [{ role, sub }];
  });
  const [one, other] = asked;
  if (one === undefined || other !== undefined)
    throw new UsageError('Give one of --customer ID, --staff ID and --admin ID.');
  const { role, sub } = one;
  if (sub === '') throw new UsageError(`--${role} takes an id.`);
  return { sub, scope: `orders/${role}`, ...(role === 'customer' && { customerId: sub }) };
}
