import { randomUUID } from 'node:crypto';
import { urlHelp } from '../api.ts';
import { comingEvents } from '../audit-log/coming-events.ts';
import { auditLogOf } from '../audit-log/log-group.ts';
import { EXIT, UsageError, type Command } from '../command.ts';
import { knownType } from '../event-types.ts';
import { eventLine } from '../terminal/event-line.ts';
import { accessFor } from '../trigger/access.ts';
import { makingIn, overrideOptions } from '../trigger/overrides.ts';
import { triggerable } from '../trigger/steps.ts';
import { take } from '../trigger/take.ts';

const skewMs = 60_000;

export const eventsTrigger: Command = {
  help: `Takes an order through the API until the event happens, and shows every event that came of it.

  orders events trigger OrderShipped
  orders events trigger OrderCreated --customer C101 --amount 250000 --currency EUR
  orders events trigger OrderCancelled --item chair:2:4500 --item lamp:1:1999 --reason "found it cheaper"

  TYPE   ${triggerable.slice(0, 4).join(', ')},
         ${triggerable.slice(4).join(', ')}

  --customer ID            C-trigger when not given
  --order ID               a new one when not given
  --amount N               in the currency's minor unit; 1999 when not given
  --currency CODE          of ISO 4217
  --item SKU:QUANTITY:UNIT-AMOUNT   may be given several times; the amount is then their sum
  --note, --reason, --tracking-number TEXT

${urlHelp}
  --wait SECONDS           for the events; 30 when not given

ORDERS_TOKEN holds the token: one with the scope orders/staff may take all steps. An API on this machine needs none: its own
issuer gives tokens, for the customer and for the user orders-cli, who is entered as staff. Ends with 3 when an event did
not come in time.
`,
  options: {
    ...overrideOptions,
    url: { type: 'string' },
    wait: { type: 'string', default: '30' },
  },
  run: async (given, context) => {
    const { terminal, clients, now } = context;
    const type = typeIn(given.argument('The type of the event'));
    const making = makingIn(given);
    const { customerId, orderId } = making.key;
    const waitMs = (given.positive('wait') ?? 30) * 1000;
    const access = await accessFor(customerId, given, context);
    const group = await auditLogOf(given.required('bus'), clients);
    // By the clock of whoever keeps the log.
    const since = now() - skewMs;
    const correlationId = randomUUID();
    const taken = await take(type, making, access, correlationId, context);

    const wanted = new Set(taken.map(({ version }) => version));
    const events: Record<string, unknown>[] = [];
    const over = AbortSignal.any([context.interrupted, AbortSignal.timeout(waitMs)]);
    const selection = { types: [], order: { customerId, orderId } };
    for await (const { event } of comingEvents(group, since, selection, { ...context, interrupted: over })) {
      wanted.delete(sequenceOf(event));
      events.push(event);
      if (!terminal.json) terminal.print(eventLine(event, terminal));
      if (wanted.size === 0) break;
    }
    const missing = [...wanted];
    if (terminal.json)
      terminal.printJson({ type, customerId, orderId, correlationId, steps: taken, events, missing });
    if (context.interrupted.aborted) return EXIT.interrupted;
    if (missing.length === 0) return EXIT.done;
    terminal.say(
      `The event of version ${missing.join(', ')} did not come within ${waitMs / 1000}s. Look for it: orders dlq list`,
    );
    return EXIT.partly;
  },
};

function typeIn(asked: string): string {
  const type = knownType(asked);
  if (triggerable.includes(type)) return type;
  throw new UsageError(
    `${type} comes from nothing that the API does, but from time alone. See one: orders events sample ${type}`,
  );
}

const sequenceOf = (event: Record<string, unknown>): number => {
  const { metadata } = event['detail'] as { metadata?: { sequence?: unknown } };
  return Number(metadata?.sequence);
};
