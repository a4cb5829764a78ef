import { buildSync } from 'esbuild';
import path from 'node:path';

const PACKAGE = path.join(__dirname, '..');

/** What a subscriber's function carries of it, bundled as for Lambda. */
const bundled = (code: string) => {
  const { metafile, outputFiles } = buildSync({
    stdin: { contents: code, resolveDir: PACKAGE, loader: 'ts' },
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    format: 'esm',
    platform: 'node',
    mainFields: ['module', 'main'],
    absWorkingDir: PACKAGE,
  });
  const inputs = Object.values(metafile.outputs).flatMap(({ inputs: used }) =>
    Object.entries(used).flatMap(([file, { bytesInOutput }]) => (bytesInOutput > 0 ? [file] : [])),
  );
  const [output] = outputFiles;
  return {
    bytes: output?.contents.length ?? 0,
    has: (part: string) => inputs.some((file) => file.includes(part)),
  };
};

describe("what a subscriber's function carries", () => {
  it('given types and names only, then nothing', () => {
    const { bytes } = bundled(
      "import { EVENT_SOURCE, type OrderEventEnvelope } from 'order-events'; export const of = (event: OrderEventEnvelope) => event.source === EVENT_SOURCE;",
    );
    expect(bytes).toBeLessThan(200);
  });

  it('given patterns, then no validator', () => {
    const { bytes, has } = bundled(
      "import { patterns } from 'order-events'; console.log(patterns.orderCreated());",
    );
    expect(has('zod')).toBe(false);
    expect(has('rule-set')).toBe(false);
    expect(bytes).toBeLessThan(30_000);
  });

  it('given a validator, then zod/mini without its languages, and no patterns', () => {
    const { bytes, has } = bundled(
      "import { orderEvent } from 'order-events/validators'; console.log(orderEvent.parse({}));",
    );
    expect(has('zod/v4/classic') || has('locales')).toBe(false);
    expect(has('event-pattern')).toBe(false);
    expect(bytes).toBeLessThan(32_000);
  });
});
