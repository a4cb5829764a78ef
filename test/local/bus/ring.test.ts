import fc from 'fast-check';
import { createRing } from '../../../local/bus/ring.ts';

test('a ring holds the newest items that fit, and counts the others', () => {
  const bounds = fc.record({
    maxItems: fc.integer({ min: 1, max: 20 }),
    maxBytes: fc.integer({ min: 1, max: 60 }),
  });
  fc.assert(
    fc.property(
      bounds,
      fc.array(fc.integer({ min: 1, max: 10 }), { maxLength: 200 }),
      ({ maxItems, maxBytes }, sizes) => {
        const ring = createRing<number>({ maxItems, maxBytes, sizeOf: (size) => size });
        for (const size of sizes) ring.push(size);
        const held = ring.items();
        expect(held).toEqual(sizes.slice(sizes.length - held.length));
        expect(ring.dropped()).toBe(sizes.length - held.length);
        expect(ring.total()).toBe(sizes.length);
        expect(held.length).toBeLessThanOrEqual(maxItems);
        const sum = held.reduce((total, size) => total + size, 0);
        if (held.length > 1) expect(sum).toBeLessThanOrEqual(maxBytes);
        const next = sizes[sizes.length - held.length - 1];
        if (next !== undefined && held.length < maxItems) expect(sum + next).toBeGreaterThan(maxBytes);
      },
    ),
  );
});

test('a ring forgets what is too old', () => {
  const ring = createRing<number>({ maxItems: 5_000, maxBytes: 1e9, sizeOf: () => 1 });
  for (let n = 0; n < 4_000; n += 1) ring.push(n);
  ring.dropWhile((n) => n < 3_500);
  expect(ring.items()).toHaveLength(500);
  expect(ring.items()[0]).toBe(3_500);
});
