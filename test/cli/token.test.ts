import { decodeJwt } from 'jose';
import { startEdges, type Running } from '../local/support/running.ts';
import { run, subscription } from './support.ts';

let running: Running;
beforeAll(async () => {
  running = await startEdges(subscription());
});
afterAll(() => running.stop());
const token = (...args: string[]) => run(running.url, ['token', ...args]);

describe('orders token', () => {
  test.each([
    [['--customer', 'C101'], { sub: 'C101', scope: 'orders/customer', customer_id: 'C101' }],
    [['--staff', 'U1001'], { sub: 'U1001', scope: 'orders/staff' }],
    [['--admin', 'A1'], { sub: 'A1', scope: 'orders/admin' }],
  ])('given %j, then it prints a token with these claims, and nothing else', async (args, claims) => {
    const { code, out, err } = await token(...args, '--expires-in', '60');
    expect([code, err]).toEqual([0, '']);
    const { exp = 0, iat = 0, ...told } = decodeJwt(out.trim());
    expect(told).toMatchObject(claims);
    expect(told['customer_id']).toBe('customer_id' in claims ? 'C101' : undefined);
    expect(exp - iat).toBe(60);
  });

  test('given --json, then token and claims are fields', async () => {
    expect((await token('--staff', 'U1001', '--json')).json()).toMatchObject({
      sub: 'U1001',
      scope: 'orders/staff',
      expiresIn: 43_200,
      token: expect.stringMatching(/^ey/) as string,
    });
  });

  test.each([
    [[], 'Give one of --customer ID, --staff ID and --admin ID.'],
    [['--customer', 'C101', '--staff', 'U1001'], 'Give one of'],
    [['--customer', ''], '--customer takes an id.'],
    [['--customer', 'C101', '--expires-in', '1.5'], '--expires-in takes whole seconds.'],
    [['--customer', 'C101', '--expires-in', 'long'], '--expires-in takes a number above 0'],
    [['--customer', 'C101', '--url', 'https://orders.example.com'], 'is not on this machine'],
  ])('given %j, then it ends with 2 and says why', async (args, why) => {
    expect(await token(...args)).toMatchObject({
      code: 2,
      out: '',
      err: expect.stringContaining(why) as string,
    });
  });
});
