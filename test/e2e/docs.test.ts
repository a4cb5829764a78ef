import type { Locator } from 'playwright-core';
import { OPERATIONS } from '../../openapi/operations/all.ts';
import { describeInBrowser, type Opened } from '../support/browser.ts';
import { connect, startSystem } from '../support/system.ts';

jest.setTimeout(300_000);

let system: Awaited<ReturnType<typeof startSystem>>;
beforeAll(async () => {
  system = await startSystem('--port', '0', '--seed', '--quiet');
});
afterAll(async () => {
  await system.kill('SIGTERM');
});

const blockOf = ({ page }: Opened, operationId: string): Locator => {
  const { tag = '' } = OPERATIONS.find((operation) => operation.operationId === operationId) ?? {};
  return page.locator(`#operations-${tag}-${operationId}`);
};

/** Executes an operation with what its form is filled with, and gives the answer that the page shows. */
const tryIt = async (opened: Opened, operationId: string) => {
  const block = blockOf(opened, operationId);
  await block.locator('.opblock-summary-control').click();
  await block.getByRole('button', { name: 'Execute' }).click();
  const live = block.locator('.live-responses-table tbody');
  const status = await live.locator('.response-col_status').first().textContent();
  return { status: Number(status), body: (await live.locator('.microlight').first().textContent()) ?? '' };
};

describeInBrowser('the page /docs, where no network is', (open) => {
  // One for all: Swagger UI takes long to start, and each test tries out what no other does.
  let opened: Opened;
  beforeAll(async () => {
    opened = await open(`${system.url}/docs`);
    await blockOf(opened, 'getHealth').waitFor();
  });
  afterEach(() => {
    expect({ outside: opened.outside, complaints: opened.complaints }).toEqual({
      outside: [],
      complaints: [],
    });
  });
  const take = async (name: string, sub: string) => {
    await opened.page.getByRole('button', { name }).click();
    await opened.page.getByText(`Requests now carry a token of ${sub}`).waitFor();
  };

  it('shows every operation of the document', async () => {
    for (const { operationId } of OPERATIONS) expect(await blockOf(opened, operationId).count()).toBe(1);
    expect(await opened.page.locator('.opblock').count()).toBe(OPERATIONS.length);
  });

  it('when the health check is tried out, then it is answered', async () => {
    const { status, body } = await tryIt(opened, 'getHealth');
    expect({ status, body: JSON.parse(body) as unknown }).toEqual({ status: 200, body: { status: 'ok' } });
  });

  it('given a token that is pasted where the page asks for one, then it is sent', async () => {
    const token = await connect(system.url).token({ sub: 'U1001', scope: 'orders/staff' });
    const { page } = opened;
    await page.locator('.auth-wrapper .authorize').click();
    const dialog = page.locator('.dialog-ux');
    expect(await dialog.textContent()).toContain('POST /_issuer/token');
    await dialog.locator('input').fill(token);
    await dialog.getByRole('button', { name: 'Apply credentials' }).click();
    await dialog.getByRole('button', { name: 'Close' }).last().click();
    expect(await tryIt(opened, 'listOrders')).toMatchObject({ status: 200 });
  });

  it('given the token of a customer by one click, then an order can be created, and one be read', async () => {
    await take('customer C101', 'C101');
    const created = await tryIt(opened, 'createOrder');
    expect(created.status).toBe(201);
    expect(JSON.parse(created.body)).toMatchObject({ customerId: 'C101', amount: 1999 });
    expect(await tryIt(opened, 'getOrder')).toMatchObject({ status: 200 });
  });

  it('given the token of an admin by one click, then the directory of staff can be listed', async () => {
    await take('admin', 'admin');
    expect(await tryIt(opened, 'listUsers')).toMatchObject({ status: 200 });
  });
});

describeInBrowser('what the tests of pages look for', (open) => {
  it('given a page that asks elsewhere and throws, then both are seen, and nothing gets out', async () => {
    const html = '<img src="https://example.com/a.png"><script>throw new Error("broken")</script>';
    const { page, outside, complaints } = await open(`data:text/html,${encodeURIComponent(html)}`);
    await page.close();
    expect(outside).toEqual(['https://example.com/a.png']);
    expect(complaints).toEqual(expect.arrayContaining(['broken']));
  });
});
