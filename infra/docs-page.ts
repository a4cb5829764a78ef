import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const SWAGGER_UI = path.dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
const PAGE = path.join(ROOT, 'openapi/page');

/** By the path under which each is served; the page itself is served as /docs. */
const FILES: Record<string, string> = {
  'openapi.json': path.join(ROOT, 'docs/openapi.json'),
  'docs.html': path.join(PAGE, 'docs.html'),
  'docs/page.js': path.join(PAGE, 'page.js'),
  'docs/page.css': path.join(PAGE, 'page.css'),
  'docs/swagger-ui.css': path.join(SWAGGER_UI, 'swagger-ui.css'),
  'docs/swagger-ui-bundle.js': path.join(SWAGGER_UI, 'swagger-ui-bundle.js'),
  // The licences of what is passed on; the bundle names the first in its first line.
  'docs/swagger-ui-bundle.js.LICENSE.txt': path.join(SWAGGER_UI, 'swagger-ui-bundle.js.LICENSE.txt'),
  'docs/swagger-ui.LICENSE.txt': path.join(SWAGGER_UI, 'LICENSE'),
  'docs/swagger-ui.NOTICE.txt': path.join(SWAGGER_UI, 'NOTICE'),
};

/** Zipped, as browsers take them: a fourth of the bytes to deploy, to load and to send. */
export const writeDocsPage = (directory: string): void => {
  rmSync(directory, { recursive: true, force: true });
  for (const [name, source] of Object.entries(FILES)) {
    // Source maps are not served.
    const text = readFileSync(source, 'utf8').replace(/\n\/[/*]# sourceMappingURL=.*$/, '');
    const file = path.join(directory, `${name}.gz`);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, gzipSync(text, { level: 9 }));
  }
};
