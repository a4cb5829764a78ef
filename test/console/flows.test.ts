import type { Page } from 'playwright-core';
import { startLocal, type Local } from '../../local/start.ts';
import { describeInBrowser, type Opened } from '../support/browser.ts';

jest.setTimeout(120_000);

let local: Local;
beforeAll(async () => {
  local = await startLocal({ faultSeed: 3, warn: () => undefined });
});
afterAll(() => local.close());

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

  it('given nothing yet, when somebody creates an order, then he sees its journey to the subscriber', async () => {
    await page.getByText('No event yet').waitFor();
    await page.getByRole('link', { name: 'Create an order' }).first().click();
    await page.getByRole('button', { name: 'Create order' }).click();
    await page.getByRole('link', { name: 'Open its journey' }).click();
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
});
