import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { seed } from '../../local/seed.ts';
import type { Local } from '../../local/local.ts';
import { startLocal } from '../../local/start.ts';
import { describeInBrowser } from '../support/browser.ts';

/** `npm run screenshots`: the pictures of the README and of docs/console.md, from the running system. */

jest.setTimeout(180_000);

const folder = path.join(__dirname, '../../docs/images');

let local: Local;
beforeAll(async () => {
  mkdirSync(folder, { recursive: true });
  local = await startLocal({ faultSeed: 5, warn: () => undefined });
  await seed(local);
});
afterAll(() => local.close());

const put = async (orderId: string, amount: number) => {
  const token = await local.token({ sub: 'C101', scope: 'orders/customer', customer_id: 'C101' });
  await fetch(`${local.url}/customers/C101/orders/${orderId}`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ amount }),
  });
};

describeInBrowser('pictures', (open) => {
  let page: Page;
  beforeAll(async () => {
    await local.drain();
    ({ page } = await open(`${local.url}/_console`));
    await page.setViewportSize({ width: 1280, height: 800 });
  });
  afterAll(() => page.close());

  const picture = async (name: string, at: string, shown: string) => {
    await page.goto(`${local.url}/_console${at}`);
    await page.locator(shown).first().waitFor();
    await page.screenshot({ path: path.join(folder, `${name}.png`) });
  };

  it('journey: an order whose event was refused at first', async () => {
    local.faults.fail(0.6);
    await put('O6001', 2499);
    await local.drain();
    local.faults.off();
    local.clock.advance('2s');
    await local.drain();
    await picture('journey', '/journey/O6001', 'text=/delivered in/');
  });

  it('pipeline: while orders come in, and one rule fails', async () => {
    for (let n = 0; n < 12; n += 1) await put(`O61${String(n).padStart(2, '0')}`, 100 * n + 99);
    local.faults.fail(0.4);
    await put('O6200', 500);
    await local.drain();
    await picture('pipeline', '', '.edge.busy');
    local.faults.off();
    local.clock.advance('5s');
    await local.drain();
  });

  it('metrics: of the hour in which that happened', async () => {
    for (let step = 0; step < 10; step += 1) {
      local.clock.advance('3m');
      for (let n = 0; n <= (step * 5) % 7; n += 1) await put(`O7${step}${n}`, 100 * n + 99);
      await local.drain();
    }
    await picture('metrics', '/metrics', 'role=img[name=/^Orders by step/]');
  });

  it('events and rules', async () => {
    const [event] = local.events().filter((each) => each['detail-type'] === 'OrderShipped');
    const { rows } = (await (
      await fetch(`${local.url}/_console/api/events?text=${event?.id ?? ''}`)
    ).json()) as {
      rows: { key: string }[];
    };
    await picture('events', `/events/${rows[0]?.key ?? ''}`, 'text=Event, as targets get it');
    const pattern = `{
  "source": ["orders.service"],
  "detail": { "data": { "order": { "amount": [{ "numeric": [">", 1000] }] } } }
}`;
    await picture(
      'rules',
      `/rules/order-notifications?pattern=${encodeURIComponent(pattern)}`,
      'text=/Matches \\d+ of/',
    );
  });
});
