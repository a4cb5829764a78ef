import '../support/errors-of-node.ts';
import fc from 'fast-check';
import { harmless } from '../../cli/terminal/harmless.ts';
import { startEdges, type Running } from '../local/support/running.ts';
import { breakable, orderEvent, run, subscription } from './support.ts';

/** Clears the screen, sets the title, answers for the user, begins a line of its own, turns the text around. */
const HOSTILE =
  'O1\u001b[2J\u001b]0;owned\u0007\u001b[6n\r\nOrderShipped\u009b31m\u0000\u202eevil\u2028\u007f\u0085';
const RAW = /[^\P{Cc}\n]|\p{Bidi_Control}|[\u2028\u2029]/u;
const STYLES = [0, 1, 2].map((code) => `\u001b[${code}m`);
const withoutStyles = (text: string) => STYLES.reduce((left, style) => left.replaceAll(style, ''), text);

let running: Running;
const { state, fault } = breakable();
const hostile = {
  Source: 'orders.service',
  DetailType: `Order${HOSTILE}`.slice(0, 128),
  Detail: JSON.stringify({
    metadata: { eventId: HOSTILE, occurredAt: HOSTILE, sequence: HOSTILE },
    data: {
      order: { customerId: HOSTILE, orderId: HOSTILE, status: HOSTILE, currency: HOSTILE, amount: HOSTILE },
    },
  }),
  EventBusName: 'orders',
};

beforeAll(async () => {
  running = await startEdges(subscription(), { fault });
  await running.bus.putEvents([hostile]);
  state.down = false;
  await running.bus.putEvents([orderEvent('O2')]);
  await running.bus.idle();
});
afterAll(() => running.stop());

const rule = 'order-notifications';
const commands: [name: string, args: string[], lines: number][] = [
  ['tail', ['events', 'tail', '--since', '1h', '--limit', '2'], 2],
  ['match', ['events', 'match', '--rule', rule, '--since', '1h'], 4],
  ['list', ['dlq', 'list'], 3],
  ['peek', ['dlq', 'peek', 'order-notifications-dlq'], 32],
];

describe('what a terminal is shown of the text of customers', () => {
  it.each(commands)(
    'given orders %s, then no control reaches it, and no line is forged',
    async (_, args, lines) => {
      for (const tty of [true, false]) {
        const { code, out, err } = await run(running.url, args, { tty });
        expect(code).toBe(0);
        expect(withoutStyles(out + err)).not.toMatch(RAW);
        expect(out.trimEnd().split('\n').length).toBeLessThanOrEqual(lines);
        expect(out).not.toMatch(/^ *OrderShipped/m);
      }
    },
  );

  it.each(commands)('given orders %s --json, then it is the same text, escaped', async (name, args) => {
    const { code, out } = await run(running.url, [...args, '--json']);
    expect(code).toBe(0);
    expect(out).not.toMatch(RAW);
    if (name === 'tail') {
      const [event] = out.split('\n').map((line) => JSON.parse(line || '{}') as { detail: unknown });
      expect(event?.detail).toEqual(JSON.parse(hostile.Detail));
    } else JSON.parse(out);
  });

  it('given a wrong argument, then what is said of it is as harmless', async () => {
    const { code, err } = await run(running.url, ['events', 'trigger', HOSTILE.replaceAll('\u0000', '')], {
      tty: true,
    });
    expect(code).toBe(2);
    expect(withoutStyles(err.replaceAll('\r\u001b[2K', ''))).not.toMatch(RAW);
  });

  it('given any text as JSON, then it is still the JSON of that text', () => {
    const unit = fc.oneof(
      fc.constantFrom(...Array.from(HOSTILE)),
      fc.nat(0xffff).map((code) => String.fromCharCode(code)),
    );
    fc.assert(
      fc.property(fc.string({ unit }), (text) => {
        const shown = harmless(JSON.stringify({ [text]: text }));
        expect(JSON.parse(shown)).toEqual({ [text]: text });
        expect(shown).not.toMatch(RAW);
      }),
    );
  });
});
