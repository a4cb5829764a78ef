import { type Browser, chromium, type Page } from 'playwright-core';
import { findChromium, missing } from './chromium.ts';

export interface Opened {
  page: Page;
  /** Requests to anywhere but this machine: none of them gets out. */
  outside: string[];
  /** What the page's console has as an error: exceptions, refused content, and what the server would not give. */
  complaints: string[];
}

const LOOPBACK = new Set(['127.0.0.1', 'localhost']);
const elsewhere = (url: URL): boolean => /^(http|ws)s?:$/.test(url.protocol) && !LOOPBACK.has(url.hostname);

/** Chromium that finds no name on any network, whatever the page or it itself may ask for. */
const launch = () =>
  chromium.launch({
    ...findChromium(),
    args: [
      `--host-resolver-rules=MAP * ~NOTFOUND, ${[...LOOPBACK].map((name) => `EXCLUDE ${name}`).join(', ')}`,
    ],
  });

const openPage = async (browser: Browser, url: string): Promise<Opened> => {
  const page = await browser.newPage();
  // Whatever a test waits for, it waits for as long as the test may take.
  page.setDefaultTimeout(0);
  const [outside, complaints]: [string[], string[]] = [[], []];
  await page.route(elsewhere, async (route) => {
    outside.push(route.request().url());
    await route.abort();
  });
  page.on('websocket', (socket) => {
    if (elsewhere(new URL(socket.url()))) outside.push(socket.url());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  await page.goto(url);
  return { page, outside, complaints };
};

/** Tests of pages in Chromium, which `open` opens; skipped, with the reason in their title, where there is none. */
export const describeInBrowser = (
  title: string,
  tests: (open: (url: string) => Promise<Opened>) => void,
): void => {
  if (missing !== undefined) {
    // Jest shows the titles of what it skips to none but who asks for them.
    process.stderr.write(`Skipped: ${title}, since ${missing}.\n`);
    describe.skip(`${title} (skipped: ${missing})`, () => tests(() => Promise.reject(new Error(missing))));
    return;
  }
  describe(title, () => {
    let browser: ReturnType<typeof launch> | undefined;
    afterAll(async () => {
      await (await browser)?.close();
    });
    tests(async (url) => openPage(await (browser ??= launch()), url));
  });
};
