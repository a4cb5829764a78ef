import { readFileSync } from 'node:fs';
import type { Locator, Page } from 'playwright-core';
import { runInNewContext } from 'node:vm';
import type { Local } from '../../local/local.ts';
import { startLocal } from '../../local/start.ts';
import { describeInBrowser, type Opened } from '../support/browser.ts';

jest.setTimeout(120_000);

let local: Local;
beforeAll(async () => {
  local = await startLocal({ faultSeed: 3, warn: () => undefined });
});
afterAll(() => local.close());

const createOrder = async () => {
  const token = await local.token({ sub: 'C101', scope: 'orders/customer', customer_id: 'C101' });
  const response = await fetch(`${local.url}/customers/C101/orders`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: '{"amount": 1999}',
  });
  expect(response.status).toBe(201);
  await local.drain();
};

describeInBrowser('the console, used as a person does', (open) => {
  let opened: Opened;
  let page: Page;
  beforeEach(async () => {
    opened = await open(`${local.url}/_console`);
    ({ page } = opened);
  });
  afterEach(async () => {
    await page.close();
    expect(opened.outside).toEqual([]);
  });

  const copied = async (view: Locator, name: string) => {
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await view.getByText('Copy as').click();
    const button = view.getByRole('button', { name, exact: true });
    await button.click();
    // It says so in the place of its name.
    await button.waitFor({ state: 'hidden' });
    await view.getByText('Copy as').click();
    return page.evaluate<string>('navigator.clipboard.readText()');
  };

  it('given nothing yet, when somebody follows the words of the README, then he sees its journey to the subscriber', async () => {
    await page.getByText('No event yet').waitFor();
    const [paragraph = ''] = /Then open <[^]*?\n\n/.exec(readFileSync('README.md', 'utf8')) ?? [];
    const words = [...paragraph.matchAll(/\*\*(.+?)\*\*/g)].map(([, name = '']) => name);
    expect(words).toHaveLength(3);
    for (const name of words)
      await page
        .getByRole('link', { name, exact: true })
        .or(page.getByRole('button', { name, exact: true }))
        .first()
        .click();
    await page.getByText(/^3 of 3 delivered in/).waitFor();
    for (const step of [
      'POST /customers/C101/orders answered 201',
      'PutItem Orders|TransactWriteItems',
      'orders-stream-reader reads a batch',
      'OrderCreated',
      'Delivered to order-notifications',
      'Waits in order-notifications',
    ]) {
      await page
        .getByRole('button', { name: new RegExp(step) })
        .first()
        .waitFor();
    }
    await page.getByRole('button', { name: /^Stream record INSERT/ }).click();
    expect(await page.getByRole('row', { name: 'amount absent 1999' }).count()).toBe(1);
    await page.getByRole('link', { name: 'Compact' }).click();
    await page.getByRole('button', { name: 'Delivered to order-notifications' }).waitFor();
    expect(opened.complaints).toEqual([]);
  });

  it('given a rule that does not match an event, then it says which field is why', async () => {
    await createOrder();
    const pattern = JSON.stringify({
      source: ['orders.service'],
      detail: { data: { order: { amount: [{ numeric: ['>', 5000] }] } } },
    });
    await page.goto(`${local.url}/_console/rules/order-notifications?pattern=${encodeURIComponent(pattern)}`);
    await page.getByText('because detail.data.order.amount is 1999, wanted numeric [">",5000]').waitFor();
    await page.getByText(/^Matches 0 of the last \d+ events$/).waitFor();
    const missed = page.getByRole('row', { name: /^detail.data.order.amount numeric/ });
    expect(await missed.textContent()).toContain('not met');
    await page.getByLabel('Pattern, as JSON').fill(pattern.replace('5000', '500'));
    await page.getByText('Matches', { exact: true }).waitFor();
    expect(await page.locator('pre').first().textContent()).toContain('numeric: [');
    await page.getByLabel('Pattern, as JSON').fill('{"source": "orders.service"}');
    await page.getByRole('alert').waitFor();
    await page.getByLabel('Pattern, as JSON').fill('');
    await page.getByRole('alert').filter({ hasText: 'JSON' }).waitFor();
    expect(await page.getByLabel('Pattern, as JSON').inputValue()).toBe('');
    await page.getByRole('button', { name: "Back to the template's" }).click();
    await page.getByText('Matches', { exact: true }).waitFor();
    expect(opened.complaints).toEqual([]);
  });

  it('given a fault that had an event given up, when the dead letter is redriven, then it is delivered', async () => {
    await createOrder();
    await page.goto(`${local.url}/_console/events?type=OrderCreated`);
    await page.getByRole('row').getByRole('link', { name: 'OrderCreated' }).first().click();
    const share = (of: string, name: string) =>
      page.getByRole('group', { name: `Share of ${of}` }).getByRole('button', { name });
    const failures = async () => {
      await page.getByRole('navigation').getByRole('link', { name: 'Failures' }).click();
      await share('fail', 'off').waitFor();
    };
    const event = page.url();
    await failures();
    await share('fail', '100 %').click();
    await page.getByRole('link', { name: /Fault fail 100 %/ }).waitFor();
    await page.goto(event);
    await page.getByRole('button', { name: 'Resend to order-notifications' }).click();
    await page.getByText('SDK_CLIENT_ERROR').first().waitFor();
    await failures();
    await page.getByRole('button', { name: '+25h' }).click();
    await page.getByRole('row', { name: /^order-notifications-dlq .* 1 / }).waitFor();
    await page.getByText('Clock 25.0 h ahead').waitFor();
    await page.getByRole('button', { name: 'All off' }).click();
    await page.getByRole('link', { name: 'order-notifications-dlq' }).first().click();
    await page.getByRole('button', { name: 'Dry run' }).click();
    await page.getByText('1 to order-notifications, by rule order-notifications').waitFor();
    expect(local.edges.queues.depth('order-notifications-dlq').visible).toBe(1);
    await page.getByRole('button', { name: 'Redrive 1' }).click();
    await page.getByText('1 redelivered, 0 failed, of 1').waitFor();
    await page.getByRole('row', { name: /^order-notifications-dlq .* 0\b/ }).waitFor();
    await local.drain();
    expect(local.deliveries().at(-1)).toMatchObject({ rule: 'order-notifications', state: 'delivered' });
    expect(local.edges.queues.depth('order-notifications-dlq').visible).toBe(0);
    expect(opened.complaints).toEqual([]);
  });

  it('given a member of staff, when he works on an order, then each step shows with what was before', async () => {
    await page.goto(`${local.url}/_console/orders/C101?as=staff`);
    const button = (name: string) => page.getByRole('button', { name, exact: true });
    const history = (name: RegExp) => page.getByRole('row', { name }).waitFor();
    await button('Enter U1001 as staff').click();
    await page.getByLabel('Order id of your own (optional)').fill('BY-STAFF');
    await button('Create order').click();
    await history(/^1 OrderCreated .*U1001/);
    await page.getByRole('form', { name: 'Amend the order' }).getByLabel('Amount').fill('2500');
    await button('Amend').click();
    await history(/^2 OrderAmended .*amount: 1999 to 2500/);
    for (const [step, row] of [
      ['Confirm', /^3 OrderConfirmed .*status: PENDING to CONFIRMED/],
      ['Ship', /^4 OrderShipped .*CONFIRMED to SHIPPED/],
      ['Deliver', /^5 OrderDelivered .*SHIPPED to DELIVERED/],
    ] as const) {
      await button(step).click();
      await history(row);
    }
    await button('Delete').click();
    await page.getByText('BY-STAFF is not there').waitFor();
    await button('Restore').click();
    await history(/^7 OrderRestored/);
    // What the browser itself says of answers that are no success.
    expect(opened.complaints.filter((words) => !/status of 40[34]/.test(words))).toEqual([]);
  });

  it('given an event, then it is sent again to one rule, sent edited, and copied; what is odd is marked', async () => {
    await createOrder();
    await page.goto(`${local.url}/_console/events?type=OrderCreated`);
    await page.getByRole('row').getByRole('link', { name: 'OrderCreated' }).first().click();
    const view = page.getByRole('region', { name: 'Event OrderCreated' });
    await view.getByRole('button', { name: 'Explain the fields' }).click();
    await view.getByText("The order's version", { exact: false }).first().waitFor();

    const copy = (name: string) => copied(view, name);
    expect(await copy('curl')).toMatch(/^curl -s http:.*AWSEvents.PutEvents.*"DetailType":"OrderCreated"/);
    expect(await copy('TypeScript')).toContain('new PutEventsCommand({');
    const test = await copy('jest test');
    expect(test).toContain('expect(event).toMatchEventPattern(pattern)');
    expect(test).toContain('"orders.service"');

    await view.getByRole('button', { name: 'Resend to order-notifications' }).click();
    await view.getByText('1 of 1 delivered').waitFor();
    await view.locator('.tag.replay').waitFor();
    const send = () => view.getByRole('button', { name: 'Send', exact: true }).click();
    await view.getByRole('button', { name: 'Edit and send' }).click();
    await send();
    await page
      .getByRole('row', { name: /OrderCreated.*duplicate/ })
      .getByRole('link')
      .first()
      .click();
    await view.getByRole('button', { name: 'Edit and send' }).click();
    await view.getByLabel('Detail, as JSON').fill('{"hello": 1}');
    await send();
    await page.getByRole('row', { name: /OrderCreated.*invalid/ }).waitFor();
    await page.getByLabel('Mark').selectOption('duplicate');
    await page.getByText(/^1 of \d+ held/).waitFor();
    expect(opened.complaints).toEqual([]);
  });

  it('given an event whose words are code, then what is copied says them as text, and runs none of it', async () => {
    const words = `x', () => { throw new Error('ran') }); test('\\`;
    const entry = { EventBusName: 'orders', Source: words, DetailType: words, Detail: '{"a":1}' };
    await local.edges.bus.putEvents([entry]);
    await page.goto(`${local.url}/_console/events?type=${encodeURIComponent(words)}`);
    await page.getByRole('row').getByRole('link', { name: words }).first().click();
    const view = page.getByRole('region', { name: 'Event x' });
    const withoutImports = (code: string) => code.replaceAll(/^import .*$/gm, '');
    const sent: unknown[] = [];
    const client = class {
      send = (command: { input: unknown }) => sent.push(command.input);
    };
    const command = class {
      constructor(readonly input: unknown) {}
    };
    const typeScript = withoutImports(await copied(view, 'TypeScript'));
    await runInNewContext(`(async () => {${typeScript}})()`, {
      EventBridgeClient: client,
      PutEventsCommand: command,
    });
    expect(sent).toEqual([{ Entries: [entry] }]);
    const titles: string[] = [];
    const test = (title: string) => titles.push(title);
    runInNewContext(withoutImports(await copied(view, 'jest test')), { test });
    expect(titles).toEqual([expect.stringContaining(`does not take ${words}`)]);
    expect(opened.complaints).toEqual([]);
  });

  it('given a stream of news that is refused, as while the runtime starts, then the page asks for it again', async () => {
    await page.goto('about:blank');
    await page.route('**/_console/api/live', (route) => route.fulfill({ status: 503 }), { times: 1 });
    await page.goto(`${local.url}/_console/events?source=after.refusal`);
    await page.getByText(/^0 of \d+ held/).waitFor();
    await local.edges.bus.putEvents([
      { EventBusName: 'orders', Source: 'after.refusal', DetailType: 'News', Detail: '{}' },
    ]);
    await page.getByRole('row').getByRole('link', { name: 'News' }).waitFor();
    expect(opened.complaints.filter((words) => !/status of 503/.test(words))).toEqual([]);
  });

  it('given logs that are paused, when another question is asked, then it is answered all the same', async () => {
    await createOrder();
    await page.goto(`${local.url}/_console/logs`);
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByRole('button', { name: 'Cold starts', exact: true }).click();
    await page.waitForURL(/text=/);
    await page.locator('.log-lines').getByText('cold start').first().waitFor();
    await page.getByRole('searchbox', { name: 'Text' }).fill('no line has this');
    await page.getByText('No line passes the filter.').waitFor();
    await page.getByRole('button', { name: 'Go on' }).waitFor();
    expect(opened.complaints).toEqual([]);
  });

  it('given more events than are held, then few rows are in the document, and the page says how many are held', async () => {
    const entries = Array.from({ length: 10 }, (_, n) => ({
      EventBusName: 'orders',
      Source: 'load.test',
      DetailType: `Load${n}`,
      Detail: '{"a":1}',
    }));
    await Promise.all(Array.from({ length: 1_050 }, () => local.edges.bus.putEvents(entries)));
    expect(local.events()).toHaveLength(10_000);
    await page.goto(`${local.url}/_console/events?source=load.test`);
    await page.getByText('10,000 of 10,000 held, newest first').waitFor();
    await page.getByText(/the newest 10,000 of 10,5\d\d events/).waitFor();
    const rows = page.locator('.virtual [role=row]');
    const scrollTo = (top: number) => page.evaluate(`document.querySelector('.virtual').scrollTo(0, ${top})`);
    expect(await rows.count()).toBeLessThan(80);
    for (const top of [100_000, 200_000, 10_000_000]) {
      await scrollTo(top);
      await rows
        .filter({ hasText: /Load\d/ })
        .first()
        .waitFor();
      expect(await rows.count()).toBeLessThan(80);
    }
    await page.locator('.virtual [role=row][aria-rowindex="10000"]').filter({ hasText: 'Load0' }).waitFor();
    await local.edges.bus.putEvents(entries);
    await page.getByRole('button', { name: '10 new, back to the top' }).click();
    await page.locator('.virtual [role=row][aria-rowindex="1"]').filter({ hasText: 'Load9' }).waitFor();
    expect(opened.complaints).toEqual([]);
  });
});
