import { readFileSync } from 'node:fs';
import type { Local } from '../../local/local.ts';
import { startLocal } from '../../local/start.ts';
import { seed } from '../../local/seed.ts';
import { describeInBrowser } from '../support/browser.ts';

jest.setTimeout(120_000);

let local: Local;
beforeAll(async () => {
  local = await startLocal({ warn: () => undefined });
  await seed(local);
  await local.drain();
});
afterAll(() => local.close());

const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

interface Finding {
  id: string;
  impact: string;
  nodes: { html: string; failureSummary: string }[];
}

interface DashboardWidget {
  properties: { title?: string; markdown?: string };
}

const pages = [
  ['', 'Pipeline', 'text=OrderShipped'],
  ['/orders/C101/O5002?as=staff', 'Orders', 'text=History, newest first'],
  ['/journey', 'Journey', 'text=O5002'],
  ['/journey/O5002', 'Order O5002', 'role=button[name=/^OrderShipped, ok/]'],
  ['/journey/O5002?view=compact', 'Order O5002', 'text=PutItem OrderHistory'],
  ['/events', 'Events', 'role=row >> text=OrderShipped'],
  ['/rules/order-notifications', 'Rules', 'text=/Matches \\d+ of the last/'],
  ['/tables/Orders?index=GSI1&partition=PENDING%230', 'Tables', 'text=A Query'],
  ['/metrics?alarm=orders-iterator-age', 'Metrics', 'role=img[name=/^IteratorAge/]'],
  ['/failures/order-notifications', 'Failures', 'text=Messages in order-notifications'],
  ['/logs', 'Logs', 'text=createOrder'],
] as const;

describeInBrowser('every page of the console', (open) => {
  it.each(pages)(
    'given %s, then it shows what it is for, asks nowhere else, and can be read by all',
    async (path, title, content) => {
      const { page, outside, complaints } = await open(`${local.url}/_console${path}`);
      await page.getByRole('heading', { level: 1, name: title }).waitFor();
      await page.locator(content).first().waitFor();
      await page.evaluate(axe);
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        const rules = colorScheme === 'light' ? '{}' : "{ runOnly: ['color-contrast'] }";
        const found = await page.evaluate<Finding[]>(
          `axe.run(${rules}).then(({ violations }) => violations)`,
        );
        const serious = found.filter(({ impact }) => impact === 'serious' || impact === 'critical');
        expect(
          serious.map(({ id, nodes }) => ({
            id,
            nodes: nodes.map(({ html, failureSummary }) => html + failureSummary),
          })),
        ).toEqual([]);
      }
      await page.close();
      expect({ outside, complaints }).toEqual({ outside: [], complaints: [] });
    },
  );

  it("draws the template's dashboard: its widgets under its names, in its order, and its alarms", async () => {
    const { page, complaints } = await open(`${local.url}/_console/metrics`);
    const { widgets } = local.dashboards[0]?.body as { widgets: DashboardWidget[] };
    const named = widgets.flatMap(({ properties: { title } }) => title ?? []);
    expect(named.length).toBeGreaterThan(20);
    await page.getByRole('img', { name: named[0]! }).waitFor();
    expect(await page.locator('.dashboard figcaption b').allTextContents()).toEqual(named);
    const headings = widgets.flatMap(({ properties: { markdown } }) => markdown?.replace(/^#+ /, '') ?? []);
    expect(await page.locator('.dashboard h2').allTextContents()).toEqual(headings);
    const legend = page.locator('figure', { hasText: 'Orders by step' }).locator('.legend li');
    expect(await legend.first().textContent()).toMatch(/^OrdersCreated[1-9]$/);

    await page.getByText(/^\d+ that are not$/).click();
    const alarms = await page.locator('.alarms button > span:nth-child(2)').allTextContents();
    expect(alarms.sort()).toEqual(
      local.alarms
        .list()
        .map(({ name }) => name)
        .sort(),
    );
    const name = page.getByText('orders-iterator-age', { exact: true });
    await page.locator('.alarms button', { has: name }).click();
    const opened = page.locator('.alarm');
    await opened.getByText('IteratorAge greater than 60000 in 2 of 3 periods').waitFor();
    await opened.getByText('threshold', { exact: false }).first().waitFor();
    await opened.getByRole('button', { name: /^docs\/runbooks\// }).click();
    await opened.getByText(/^# /).waitFor();

    await page.getByRole('img', { name: /^Orders by step/ }).focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/events\?from=\d+&to=\d+$/);
    await page
      .getByRole('row')
      .getByText(/^Order\w+ed$/)
      .first()
      .waitFor();
    await page.close();
    expect(complaints).toEqual([]);
  });

  it('shows a journey as the JSON that the API answers', async () => {
    const { page, complaints } = await open(`${local.url}/_console/journey/O5002?view=json`);
    const shown = await page.locator('pre').textContent();
    const answer = await fetch(`${local.url}/_console/api/journey/O5002`);
    expect(JSON.parse(shown ?? '')).toEqual(await answer.json());
    await page.close();
    expect(complaints).toEqual([]);
  });

  it('given an id that nobody knows, then it says what to do', async () => {
    const { page } = await open(`${local.url}/_console/journey/nobody`);
    await page.getByText('Nothing is held of nobody').waitFor();
    await page.close();
  });

  it('leads from the keyboard to every page, and to any id', async () => {
    const { page, complaints } = await open(`${local.url}/_console`);
    await page.getByText('OrderShipped').first().waitFor();
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to the page');
    await page.keyboard.press('Enter');
    await page.locator('main:focus').waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('O5002');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Order O5002' }).waitFor();
    await page
      .getByRole('button', { name: /^Delivered to order-notifications/ })
      .first()
      .focus();
    await page.keyboard.press('Enter');
    expect(page.url()).toContain('?step=delivery+');
    for (const name of ['Events', 'Rules', 'Tables', 'Failures', 'Logs', 'Orders']) {
      await page.getByRole('navigation').getByRole('link', { name }).focus();
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { level: 1, name }).waitFor();
    }
    await page.close();
    expect(complaints).toEqual([]);
  });
});
