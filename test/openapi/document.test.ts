import { createConfig, lintFromString } from '@redocly/openapi-core';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { openApiDocument } from '../../openapi/document.ts';
import { OPERATIONS } from '../../openapi/operations/all.ts';
import { PROBLEMS } from '../../openapi/problems/all.ts';
import { PROBLEM_TYPES } from '../../src/adapters/api-gateway/problem-types.ts';
import { synthesized } from '../infra/synthesized.ts';
import { breachOf } from '../support/contract.ts';

const ROOT = path.join(__dirname, '../..');
const FILE = path.join(ROOT, 'docs/openapi.json');
const source = readFileSync(FILE, 'utf8');
const document = JSON.parse(source) as ReturnType<typeof openApiDocument>;

interface PathOperation {
  parameters: { name: string; in: string }[];
  responses: Record<string, unknown>;
}

const lint = async (text: string) => {
  const config = await createConfig({
    extends: ['recommended-strict'],
    // The examples of 404 and 405 where no route matches belong to no operation.
    rules: { 'no-unused-components': 'off', 'no-invalid-media-type-examples': 'error' },
  });
  const problems = await lintFromString({ source: text, absoluteRef: FILE, config });
  return problems.map(({ ruleId, message }) => `${ruleId}: ${message}`);
};

describe('docs/openapi.json', () => {
  it('is what the code says; if not, run `npm run openapi`', () => {
    expect(document).toEqual(JSON.parse(JSON.stringify(openApiDocument())));
  });

  it('has no fault that the linter finds, in the examples neither', async () => {
    expect(await lint(source)).toEqual([]);
    expect(await lint(source.replace('"amount": 1999', '"amount": "much"'))).toHaveLength(1);
  });

  it('has every route of the template, and no other', () => {
    const routes = synthesized()
      .ofType('AWS::ApiGatewayV2::Route')
      .map(({ properties }) => String(properties['RouteKey']))
      .filter((route) => route !== '$default');
    expect(OPERATIONS.map(({ route }) => route).sort()).toEqual(routes.sort());
  });

  it('says of every operation which headers it takes, and how function and gateway may refuse it', () => {
    for (const { route, scopes, body } of OPERATIONS) {
      const [method = '', at = ''] = route.split(' ');
      const { parameters, responses } = (document.paths[at] as Record<string, PathOperation>)[
        method.toLowerCase()
      ]!;
      const headers = parameters.filter((parameter) => parameter.in === 'header').map(({ name }) => name);
      expect([route, headers]).toEqual([route, expect.arrayContaining(['X-Correlation-Id', 'traceparent'])]);
      const statuses = [
        ...(scopes.length > 0 ? [400, 401, 403, 406, 413] : []),
        ...(body ? [400, 415, 422] : []),
        ...[429, 500, 503],
      ];
      const missing = statuses.filter((status) => !(status in responses));
      expect([route, missing]).toEqual([route, []]);
    }
    expect(document.info.description).toMatch(/OPTIONS[^]*204[^]*405[^]*Allow[^]*HEAD/);
  });

  it('has an example for every problem, and all of them in the list that the tests send', () => {
    expect(Object.keys(document.components.examples).sort()).toEqual(Object.keys(PROBLEM_TYPES).sort());
    expect(Object.keys(PROBLEMS).sort()).toEqual(Object.keys(PROBLEM_TYPES).sort());
  });

  it('has an example for every answer and every body of a request, and says what each field means', () => {
    const bare: string[] = [];
    const walk = (value: unknown, at: string): void => {
      if (typeof value !== 'object' || value === null) return;
      const { schema, examples, properties } = value as Record<string, object | undefined>;
      const inContent = /\/content\/[^/]*\/[^/]*$/.test(at);
      if (inContent && schema && Object.keys(examples ?? {}).length === 0) bare.push(at);
      for (const [name, field] of Object.entries(properties ?? {})) {
        const inAllOf = at.includes('/allOf/');
        if (!inAllOf && !('description' in (field as object))) bare.push(`${at}/${name}`);
      }
      for (const [key, inner] of Object.entries(value)) walk(inner, `${at}/${key}`);
    };
    walk(document.paths, '#/paths');
    walk(document.components.schemas, '#/components/schemas');
    expect(bare).toEqual([]);
  });
});

describe('an answer that is not as documented', () => {
  const health = {
    method: 'GET',
    path: '/health',
    status: 200,
    header: (name: string) => (name === 'content-type' ? 'application/json' : 'x'),
    body: { status: 'ok' },
  };

  it.each([
    ['nothing', {}, undefined],
    ['an unknown field', { body: { status: 'ok', secret: 1 } }, /additional properties/],
    ['another body', { body: { status: 'well' } }, /equal to constant/],
    ['a status', { status: 418 }, /status is not documented/],
    ['a content type', { header: () => 'text/html' }, /content type text\/html/],
    [
      'a missing header',
      { header: (name: string) => health.header(name).replace('x', '') || null },
      /X-Corr/,
    ],
    ['a route', { path: '/healthy' }, /not documented/],
  ])('is found by: %s', (_, change, message) => {
    const breach = breachOf({ ...health, ...change });
    if (message) expect(breach).toMatch(message);
    else expect(breach).toBeUndefined();
  });
});

it('the types of the client are what docs/openapi.json says; if not, run `npm run openapi`', () => {
  const arguments_ = [
    'node_modules/openapi-typescript/bin/cli.js',
    'docs/openapi.json',
    ...['--output', 'packages/orders-client/src/schema.ts', '--check'],
  ];
  const { status, stderr } = spawnSync(process.execPath, arguments_, { cwd: ROOT, encoding: 'utf8' });
  expect({ status, stderr }).toMatchObject({ status: 0 });
});
