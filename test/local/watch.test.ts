import fs from 'node:fs';
import { synthesize } from '../../local/template/synthesize.ts';
import { watchCode } from '../../local/watch.ts';
import { until } from './support/clock.ts';
import { project } from './support/project.ts';

/** Each bundling is a process of its own. */
const WITHIN = 50_000;

test('edited code is bundled and loaded; what cannot be bundled is shown, and the old code stays', async () => {
  const { root, write, read, remove } = project();
  await synthesize(root, () => undefined);
  const notices: string[] = [];
  let reloads = 0;
  const stop = watchCode({ root, reload: () => (reloads += 1), notice: (line) => notices.push(line) });

  write('src/code.ts', 'second');
  await until(() => reloads === 1, 'the new code is loaded', WITHIN);
  expect(read('dist/index.js')).toBe('second');
  expect(notices).toEqual([
    expect.stringMatching(/^src\/ has changed: the functions run the new code \(\d+ ms\)\.$/),
  ]);

  write('src/code.ts', 'broken');
  await until(() => notices.length === 2, 'the error is shown', WITHIN);
  expect(notices[1]).toMatch(/Unexpected "broken"[^]*The functions go on with the old code\.$/);
  expect(reloads).toBe(1);
  expect(read('dist/index.js')).toBe('second');

  write('src/code.ts', 'mended');
  await until(() => reloads === 2, 'the mended code is loaded', WITHIN);
  write('docs/openapi.json', '{ }');
  await until(() => reloads === 3, 'the new document is served', WITHIN);
  expect(notices[3]).toMatch(/^docs\/openapi\.json has changed:/);

  write('infra/other.ts', '');
  await until(() => notices.length === 5, 'the change of infra/ is told', WITHIN);
  expect(notices[4]).toBe('infra/ has changed: start again to run it.');

  stop();
  remove();
}, 200_000);

describe('given a system that watches no more', () => {
  afterEach(() => jest.restoreAllMocks());
  const full = Object.assign(new Error('ENOSPC: no space left for file watchers'), { code: 'ENOSPC' });
  const said = (at: string) =>
    `${at} cannot be watched (${full.message}): start again to run what you edit there.`;
  const watched = () => {
    const { root, remove } = project();
    const notices: string[] = [];
    const stop = watchCode({ root, reload: () => undefined, notice: (line) => notices.push(line) });
    return {
      notices,
      end: () => {
        stop();
        remove();
      },
    };
  };

  test('when it says so at once, then that is told of each, and all goes on', () => {
    jest.spyOn(fs, 'watch').mockImplementation(() => {
      throw full;
    });
    const { notices, end } = watched();
    expect(notices).toEqual(['src/', 'docs/openapi.json', 'infra/'].map(said));
    end();
  });

  test('when it says so later, then that is told, and all goes on', () => {
    const watch = jest.spyOn(fs, 'watch');
    const { notices, end } = watched();
    // Node calls it again, for each file of a folder.
    const own = watch.mock.calls.findIndex(([at]) => String(at).endsWith('infra/'));
    const watcher = watch.mock.results[own]?.value as fs.FSWatcher;
    for (let folder = 0; folder < 3; folder += 1) watcher.emit('error', full);
    expect(notices).toEqual([said('infra/')]);
    end();
  });
});
