import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { campaign } from './campaign.ts';
import { command } from './command.ts';

jest.setTimeout(600_000);

describe('a system that is killed under load', () => {
  const directory = mkdtempSync(path.join(tmpdir(), 'orders-kills-'));
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  it('given kill -9 of its engine, of all of it, and of its start, then nothing that was acknowledged is missing', async () => {
    const report = await campaign({ kills: 5, seed: 1, directory });
    expect(report.broken).toEqual([]);
    expect(report.kills).toEqual({ engine: 2, runtime: 2, start: 1 });
    expect(report.changes).toBeGreaterThanOrEqual(4);
    expect(report.versions).toBeGreaterThanOrEqual(report.changes);
    expect([report.events, report.historyLines]).toEqual([report.versions, report.versions]);
  });
});

describe('npm run kills', () => {
  it.each([[['--kills', 'many']], [['--unknown']]])(
    'given %j, then it ends with 2 and says why',
    async (given) => {
      const written: string[] = [];
      const to = { isTTY: false, write: (text: string | Uint8Array) => written.push(String(text)) > 0 };
      expect(await command(given, to, to)).toBe(2);
      expect(written.join('')).toContain('npm run kills');
    },
  );
});
