import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import prettier from 'prettier';
import { openApiDocument } from './document.ts';

export const DOCUMENT = fileURLToPath(new URL('../docs/openapi.json', import.meta.url));

const config = await prettier.resolveConfig(DOCUMENT);
writeFileSync(
  DOCUMENT,
  await prettier.format(JSON.stringify(openApiDocument()), { ...config, parser: 'json' }),
);
