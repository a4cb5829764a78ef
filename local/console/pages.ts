import { readdirSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { json, type HttpResponse } from '../http.ts';

export interface Pages {
  /** What stands at the path below /_console: an asset, or the page, which reads its address by itself. */
  serve(path: string): Promise<HttpResponse>;
  /** The scripts and styles, by name. */
  assets(): Promise<ReadonlyMap<string, Uint8Array>>;
}

interface Build {
  madeFrom: number;
  assets: Map<string, Uint8Array>;
}

const types: Record<string, string> = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
};

/** The files of `console/`, bundled when somebody first looks, and again at the next look after one was edited. */
export function createPages(directory: string): Pages {
  let building: Promise<Build> | undefined;

  const current = async (): Promise<Build> => {
    const madeFrom = newest(directory);
    const built = await building?.catch(() => undefined);
    if (built?.madeFrom === madeFrom) return built;
    building = bundle(directory, madeFrom);
    return building;
  };

  return {
    assets: async () => (await current()).assets,
    serve: async (path) => {
      const name = /^\/assets\/([\w.-]+)$/.exec(path)?.[1];
      if (name === undefined) {
        const type = 'text/html; charset=utf-8';
        return {
          status: 200,
          headers: { 'content-type': type },
          body: await readFile(join(directory, 'index.html')),
        };
      }
      const content = (await current()).assets.get(name);
      const type = types[name.slice(name.lastIndexOf('.') + 1)];
      if (!content || type === undefined) return json(404, { message: 'Not Found' });
      return { status: 200, headers: { 'content-type': type }, body: content };
    },
  };
}

async function bundle(directory: string, madeFrom: number): Promise<Build> {
  const { build } = await import('esbuild');
  const { outputFiles } = await build({
    entryPoints: ['main.tsx', 'styles/main.css', 'icon.svg'].map((file) => join(directory, file)),
    outdir: '/',
    bundle: true,
    write: false,
    splitting: true,
    format: 'esm',
    target: 'es2022',
    minify: true,
    jsx: 'automatic',
    jsxImportSource: 'preact',
    loader: { '.svg': 'copy' },
    entryNames: '[name]',
    logLevel: 'silent',
  });
  return { madeFrom, assets: new Map(outputFiles.map(({ path, contents }) => [basename(path), contents])) };
}

function newest(directory: string): number {
  const files = readdirSync(directory, { recursive: true, encoding: 'utf8' });
  return Math.max(...files.map((file) => statSync(join(directory, file)).mtimeMs));
}
