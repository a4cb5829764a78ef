import fc from 'fast-check';
import type { Cursors } from '../../src/application/ports.ts';
import { unicodeText } from '../support/unicode-text.ts';

const invalid = { ok: false, error: { code: 'cursor-invalid' } };
const list = fc.array(fc.option(fc.string({ maxLength: 8 }), { nil: undefined }), { maxLength: 4 });

/** What every Cursors promises; `wait` moves its time on. */
export const cursorsContract = (
  fresh: () => Promise<{ cursors: Cursors; wait: (ms: number) => void }>,
): void => {
  it('given any list and position, then the same list opens what was sealed for it', async () => {
    const { cursors } = await fresh();
    await fc.assert(
      fc.asyncProperty(list, unicodeText(), async (of, position) => {
        const cursor = await cursors.seal(of, position);
        expect(cursor).toMatch(/^[\w.-]+$/);
        expect(await cursors.open([...of], cursor)).toEqual({ ok: true, value: position });
      }),
    );
  });

  it('given another list, then it is not opened', async () => {
    const { cursors } = await fresh();
    await fc.assert(
      fc.asyncProperty(list, list, fc.string(), async (of, other, position) => {
        fc.pre(JSON.stringify(of) !== JSON.stringify(other));
        expect(await cursors.open(other, await cursors.seal(of, position))).toEqual(invalid);
      }),
    );
  });

  it('given any character changed, taken out or put in, then it is not opened', async () => {
    const { cursors } = await fresh();
    const cursor = await cursors.seal(['orders', 'asc', 'customer', 'C101'], '[0,"O5001","C101"]');
    const others = Array.from('ABCabc019_-.+/=% é');
    for (let at = 0; at <= cursor.length; at += 1) {
      const [before, now, after] = [cursor.slice(0, at), cursor.slice(at, at + 1), cursor.slice(at + 1)];
      const changed = others.filter((other) => other !== now).map((other) => before + other + after);
      const longer = others.map((other) => before + other + now + after);
      for (const text of [...changed, ...longer, ...(now === '' ? [] : [before + after])]) {
        if (text === cursor) continue;
        expect([text, await cursors.open(['orders', 'asc', 'customer', 'C101'], text)]).toEqual([
          text,
          invalid,
        ]);
      }
    }
  });

  it('given parts of two cursors in one, then it is not opened', async () => {
    const { cursors, wait } = await fresh();
    const one = (await cursors.seal(['a'], 'one')).split('.');
    wait(1000);
    const two = (await cursors.seal(['a'], 'two')).split('.');
    for (let mask = 1; mask < 15; mask += 1) {
      const mixed = one.map((part, index) => ((mask >> index) & 1 ? two[index] : part)).join('.');
      if (mixed === one.join('.') || mixed === two.join('.')) continue;
      expect(await cursors.open(['a'], mixed)).toEqual(invalid);
    }
  });

  it('given one of 24 hours, then it is opened; a moment later it is too old; a forged one never is', async () => {
    const { cursors, wait } = await fresh();
    const cursor = await cursors.seal(['a'], 'place');
    wait(24 * 3_600_000);
    expect(await cursors.open(['a'], cursor)).toEqual({ ok: true, value: 'place' });
    wait(1);
    expect(await cursors.open(['a'], cursor)).toEqual({ ok: false, error: { code: 'cursor-expired' } });
    expect(await cursors.open(['b'], cursor)).toEqual(invalid);
  });
};
