import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { temporary } from './engine.ts';

const app = `
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { bundle } from './bundle.ts';
const out = process.env['CDK_OUTDIR'] ?? '';
const write = (name: string, content: unknown) => writeFileSync(out + '/' + name, JSON.stringify(content));
bundle();
write('manifest.json', { artifacts: {
  Orders: { type: 'aws:cloudformation:stack', properties: { templateFile: 'Orders.json' } },
  'Orders.assets': { type: 'cdk:asset-manifest', properties: { file: 'Orders.assets.json' } },
} });
write('Orders.json', { Resources: {} });
write('Orders.assets.json', { files: {
  a: { source: { path: process.cwd() + '/dist' }, destinations: { d: { objectKey: 'a.zip' } } },
  template: { source: { path: 'Orders.json' }, destinations: { d: { objectKey: 'Orders.json' } } },
} });
`;
const bundler = `
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
export const bundle = () => {
  const code = readFileSync('src/code.ts', 'utf8');
  appendFileSync('runs.txt', 'x');
  if (code.includes('broken')) throw new Error('Unexpected "broken"');
  mkdirSync('dist', { recursive: true });
  writeFileSync('dist/index.js', code);
};
if (process.argv[1]?.endsWith('bundle.ts')) bundle();
`;

/** A project with an app and a bundler that only copy. */
export function project() {
  const { path: root, remove } = temporary();
  symlinkSync(join(__dirname, '../../../node_modules'), join(root, 'node_modules'));
  const write = (file: string, content: string) => {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), content);
  };
  const read = (file: string) => readFileSync(join(root, file), 'utf8');
  write('package.json', '{ "type": "module" }');
  write('package-lock.json', '{}');
  write('cdk.json', '{}');
  write('infra/app.ts', app);
  write('infra/bundle.ts', bundler);
  write('src/code.ts', 'first');
  write('docs/openapi.json', '{}');
  return { root, remove, write, read };
}
