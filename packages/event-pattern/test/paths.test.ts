import { PathNode } from '../src/event/path-node.ts';
import { Source } from '../src/event/source.ts';

const encoder = new TextEncoder();
const near = (node: PathNode, name: string) => {
  const bytes = encoder.encode(`"${name}"`);
  return node.nearNamed(bytes, 1, bytes.length - 1);
};

describe('the tree of the paths that are asked for', () => {
  it('leads to a place by whatever keys its path is cut into', () => {
    const root = new PathNode();
    const slot = root.slotAt('a.b.c');
    expect(root.slotAt('a.b.c')).toBe(slot);
    for (const keys of [['a', 'b', 'c'], ['a.b', 'c'], ['a', 'b.c'], ['a.b.c']]) {
      expect(keys.reduce<PathNode | undefined>((node, key) => node?.named(key), root)?.slot).toBe(slot);
      expect(keys.reduce<PathNode | undefined>((node, key) => node && near(node, key), root)?.slot).toBe(
        slot,
      );
    }
    expect(root.named('a')?.slot).toBeUndefined();
    expect(root.named('b')).toBeUndefined();
    expect(near(root, 'b')).toBeUndefined();
    expect(near(root, 'abc')).toBeUndefined();
    expect(root.isDeep).toBe(false);
  });

  it('has no more edges at a place than eight levels of descendants, and finds what lies deeper', () => {
    const names = Array.from({ length: 12 }, (_, n) => `k${n}`);
    const root = new PathNode();
    const slot = root.slotAt(names.join('.'));
    expect(root.edges.map(({ name }) => name)).toEqual(
      Array.from({ length: 8 }, (_, n) => names.slice(0, n + 1).join('.')),
    );
    expect(root.isDeep).toBe(true);
    expect(root.named(names.join('.'))?.slot).toBe(slot);
    const inner = root.named(names.slice(0, 4).join('.'));
    expect(inner?.isDeep).toBe(false);
    expect(inner?.named(names.slice(4).join('.'))?.slot).toBe(slot);
    expect(root.named(names.slice(0, 3).join('.'))?.isDeep).toBe(true);
    expect(root.named(`${names.slice(0, 9).join('.')}.other`)).toBeUndefined();
  });
});

describe('the bytes of a text', () => {
  it('are in one buffer for text after text, which grows, but not for good with a huge one', () => {
    const first = new Source('{}').bytes;
    expect(new Source('{"a": 1}').bytes).toBe(first);
    const large = new Source(`{"a": "${'x'.repeat(100_000)}"}`).bytes;
    expect(new Source('{}').bytes).toBe(large);
    const huge = new Source(`{"a": "${'x'.repeat(1_000_000)}"}`).bytes;
    expect(huge.length).toBeGreaterThan(1 << 20);
    expect(new Source('{}').bytes).toBe(large);
  });

  it('end with a zero, whatever stood there before', () => {
    new Source(`{"a": "${'x'.repeat(100)}"}`);
    expect(new Source('{}').bytes[2]).toBe(0);
  });
});
