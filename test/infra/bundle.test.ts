import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { bundle } from '../../infra/bundle.ts';
import { lines, statementsOfFunction } from './statements.ts';
import { nameOf, synthesized } from './synthesized.ts';

const template = synthesized();
const names = template.ofType('AWS::Lambda::Function').map(nameOf);
/** All but one call AWS. */
const calling = names.filter((name) => name !== 'orders-docs');
/** Set off by the stream, or by the clock; never by a caller. */
const PUBLISHERS = ['orders-stream-reader', 'orders-reconciler'];
const output = mkdtempSync(path.join(tmpdir(), 'bundle-'));
const codeOf = (name: string) => readFileSync(path.join(output, name, 'index.js'), 'utf8');

beforeAll(() => bundle(output));
afterAll(() => rmSync(output, { recursive: true }));

describe('given the bundles', () => {
  test.each(names)('then %s loads with nothing beside it, and exports its handler', (name) => {
    const { Environment } = template.named(name, 'AWS::Lambda::Function').properties as {
      Environment: { Variables: Record<string, unknown> };
    };
    const variables: Record<string, string> = {};
    for (const [key, value] of Object.entries(Environment.Variables)) variables[key] = template.text(value);
    const type = execFileSync(process.execPath, ['-p', 'typeof require("./index").handler'], {
      cwd: path.join(output, name),
      env: {
        ...variables,
        AWS_REGION: 'eu-west-1',
        AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
      },
      encoding: 'utf8',
    });
    expect(type).toBe('function\n');
  });

  test.each(calling)('then %s knows no other credentials than those of Lambda', (name) => {
    const sources = [
      'AWS_SECRET_ACCESS_KEY',
      'credential_process',
      'sso_session',
      'AssumeRoleWithWebIdentity',
    ];
    expect(sources.filter((source) => codeOf(name).includes(source))).toEqual(['AWS_SECRET_ACCESS_KEY']);
  });

  test('7.0 #24 the dual write: then what callers reach cannot publish, and the stream reader and the reconciler can', () => {
    const publishing = names.filter((name) => codeOf(name).includes('PutEvents'));
    const allowed = names.filter((name) =>
      lines(template, statementsOfFunction(template, name)).some((line) => line.startsWith('events:')),
    );
    expect([publishing, allowed]).toEqual([PUBLISHERS, PUBLISHERS]);
  });

  test('then the files of the documentation are with orders-docs alone', () => {
    const files = (name: string) =>
      readdirSync(path.join(output, name), { recursive: true, encoding: 'utf8' }).filter((file) =>
        file.endsWith('.gz'),
      );
    expect(files('orders-docs')).toContain('files/openapi.json.gz');
    expect(names.filter((name) => files(name).length > 0)).toEqual(['orders-docs']);
  });

  test('then none holds anything of tracing, which a layer brings where a stage wants it', () => {
    expect(names.filter((name) => /aws-xray-sdk|@opentelemetry/.test(codeOf(name)))).toEqual([]);
  });

  test('then what asks for tokens needs neither AWS nor configuration', () => {
    expect(codeOf('orders-token-claims').length).toBeLessThan(5_000);
  });

  test.each(names)('then %s is small, and says nothing of the machine that made it', (name) => {
    expect(codeOf(name).includes(process.cwd())).toBe(false);
    expect(codeOf(name).length).toBeLessThan(600_000);
  });
});
