import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { campaign } from './campaign.ts';
import { command } from './command.ts';
import { SLOTS } from './switches.ts';

jest.setTimeout(600_000);

describe('a system under a steady load with faults', () => {
  const directory = mkdtempSync(path.join(tmpdir(), 'orders-soak-'));
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  it('given each fault in turn and a restart, then nothing that was acknowledged is missing', async () => {
    const report = await campaign({
      durationMs: SLOTS.length * 1_000,
      slotMs: 1_000,
      perSecond: 20,
      restarts: 1,
      seed: 1,
      directory,
    });
    expect(report.broken).toEqual([]);
    expect(report.restarts).toBe(1);
    expect(report.changes).toBeGreaterThan(0);
    expect(Object.values(report.struck).some((times) => times > 0)).toBe(true);
    expect([report.events, report.historyLines]).toEqual([report.versions, report.versions]);
  });
});

describe('npm run soak', () => {
  it.each([[['--minutes', 'many']], [['--rate', '0']], [['--unknown']]])(
    'given %j, then it ends with 2 and says why',
    async (given) => {
      const written: string[] = [];
      const to = { isTTY: false, write: (text: string | Uint8Array) => written.push(String(text)) > 0 };
      expect(await command(given, to, to)).toBe(2);
      expect(written.join('')).toContain('npm run soak');
    },
  );
});
