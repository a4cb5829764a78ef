import { madeBy, remembering } from '../../src/domain/mutations.ts';

const written = (count: number) =>
  Array.from({ length: count }, (_, n) => n + 1).reduce<{ mutations?: { version: number; id: string }[] }>(
    (record, version) => remembering(record, {}, { version, id: `request-${version}` }),
    {},
  );

describe('which request made a version', () => {
  it('given nine versions, then the last eight are remembered', () => {
    const record = written(9);
    expect(record.mutations?.map(({ version }) => version)).toEqual([2, 3, 4, 5, 6, 7, 8, 9]);
    expect([madeBy(record, 'request-1'), madeBy(record, 'request-2')]).toEqual([[], [2]]);
  });

  it('given a request that made several, then they are told in their order', () => {
    const again = remembering(written(3), {}, { version: 4, id: 'request-2' });
    expect(madeBy(again, 'request-2')).toEqual([2, 4]);
  });

  it('given a record that nobody wrote, or none, then no request made it', () => {
    expect([madeBy({}, 'request-1'), madeBy(undefined, 'request-1')]).toEqual([[], []]);
  });
});
