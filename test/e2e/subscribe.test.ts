import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import manifest from '../../packages/order-events/package.json' with { type: 'json' };
import { type Block, blocksOf } from '../support/markdown.ts';
import { ROOT, startSystem } from '../support/system.ts';
import { consumerOf, REFUSED, WITHOUT_AWS } from './package-consumer.ts';
import { follow, type Step, team } from './subscribing-team.ts';

jest.setTimeout(600_000);

const ADDRESS = 'http://127.0.0.1:3000';
/** What has to be running already, and here is. */
const START = 'npm ci\nnpm start -- --seed\n';
const PACKAGES = path.join(ROOT, 'packages');

const blocksIn = (file: string): Block[] => blocksOf(readFileSync(path.join(ROOT, file), 'utf8'));
const page = blocksIn('docs/subscribe.md');

/** What the page says that commands print. */
const outputs = page.flatMap(({ kind, content }, place) => {
  const lines = content.split('\n').filter((line) => line !== '');
  return kind === '' ? [{ place, first: lines[0], lines }] : [];
});

const subscriber = team();
const project = path.join(subscriber.home, 'gifts');
const inProject = (script: string) => subscriber.shell(`cd '${project}'\n${script}`);
const done = { status: 0 };

let steps: Step[] = [];
let stoppedAt: string | undefined;
beforeAll(async () => {
  const system = await startSystem('--port', '0', '--seed', '--quiet');
  const here = (text: string) => (text === START ? '' : text.replaceAll(ADDRESS, system.url));
  const access = `AWS_ENDPOINT_URL=${system.url}/_aws AWS_REGION=eu-west-1 AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local`;
  try {
    // A reader gives the events of the seed the time to come.
    await subscriber.shell(`${access} node --import tsx cli/main.ts events tail --since 1d --limit 5`);
    ({ steps, stoppedAt } = await follow(page, subscriber, here));
  } finally {
    await system.kill('SIGTERM');
  }
});
afterAll(() => subscriber.leave());

const literally = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
/** … stands for what differs from time to time. */
const patternOf = (line: string): RegExp => new RegExp(`^${line.split('…').map(literally).join('.+')}$`, 'm');

describe('docs/subscribe.md, word for word against npm start', () => {
  it('begins with the start of the system', () => {
    expect(page[0]?.content).toBe(START);
  });

  it('can be followed to its end', () => {
    expect(stoppedAt).toBeUndefined();
  });

  it.each(outputs)('prints $first', ({ place, lines }) => {
    for (const line of lines) expect(steps[place]?.printed).toMatch(patternOf(line));
  });

  it.each(['match', 'attach', 'trigger', 'sample', 'detach'])('shows orders events %s', (command) => {
    expect(page.map(({ content }) => content).join('')).toContain(`\norders events ${command} `);
  });

  it('ships the rule that was tried', () => {
    const { Resources } = JSON.parse(
      readFileSync(path.join(project, 'cdk.out/Gifts.template.json'), 'utf8'),
    ) as {
      Resources: Record<string, { Type: string; Properties: Record<string, unknown> }>;
    };
    const ofType = (type: string) => Object.values(Resources).filter(({ Type }) => Type === type);
    const [rule] = ofType('AWS::Events::Rule');
    expect(rule?.Properties).toMatchObject({
      Name: 'gifts',
      EventBusName: 'orders',
      EventPattern: JSON.parse(page.find(({ file }) => file === 'rule.json')?.content ?? '') as unknown,
    });
    expect(ofType('AWS::SQS::Queue').map(({ Properties }) => Properties['QueueName'])).toEqual([
      'gifts-dlq',
      'gifts',
    ]);
    expect(ofType('AWS::CloudWatch::Alarm')).toHaveLength(2);
  });

  it('ships nothing that the rules and published schemas of CloudFormation object to', () => {
    const { pluginReports } = JSON.parse(
      readFileSync(path.join(project, 'cdk.out/validation-report.json'), 'utf8'),
    ) as { pluginReports: { violations: object[] }[] };
    expect(pluginReports.flatMap(({ violations }) => violations)).toEqual([]);
  });
});

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)));

describe('what npm packs', () => {
  it.each([
    ['event-pattern', [], []],
    ['order-events', ['asyncapi.json'], ['schemas', 'samples', 'released']],
  ])(
    'of %s is what is meant to leave: what src became, and what stands beside it',
    async (name, files, folders) => {
      const folder = path.join(PACKAGES, name);
      const compiled = filesIn(path.join(folder, 'src')).map((file) => file.replace(/\.ts$/, ''));
      const { printed } = await inProject(`tar -tzf ${name}-*.tgz`);
      expect(printed.trim().split('\n').sort()).toEqual(
        [
          ...['CHANGELOG.md', 'LICENSE', 'README.md', 'package.json', 'dist/cjs/package.json', ...files],
          ...folders.flatMap((inner) => filesIn(path.join(folder, inner)).map((file) => `${inner}/${file}`)),
          ...compiled.flatMap((file) =>
            ['esm', 'cjs'].flatMap((form) =>
              ['js', 'd.ts'].map((ending) => `dist/${form}/${file}.${ending}`),
            ),
          ),
        ]
          .map((file) => `package/${file}`)
          .sort(),
      );
    },
  );
});

const readme = blocksIn('packages/order-events/README.md').filter(({ kind }) => kind === 'ts');
const isTest = (place: number) => readme[place]?.content.includes('\ntest(') === true;
const tests = [...readme.keys()].filter(isTest);
const programs = [...readme.keys()].filter((place) => !isTest(place));

describe('the packages, in a project that has nothing else of this repository', () => {
  /** By TypeScript 7, which built the packages, and by 6, which their readers may have. */
  const compile = (options: string, ...files: string[]) =>
    inProject(
      `for each in typescript-native typescript; do node "$MODULES/$each/bin/tsc" --ignoreConfig --target es2022 --strict --exactOptionalPropertyTypes --types node,jest ${options} ${files.join(' ')}; done`,
    );
  const write = (name: string, text: string) => {
    writeFileSync(path.join(project, name), text);
    return name;
  };

  beforeAll(async () => {
    const linked = ['typescript', '@types/node', '@aws-sdk/client-dynamodb', '@aws-sdk/lib-dynamodb'];
    await inProject(linked.map((name) => `link ${name}`).join('\n'));
  });

  it('are the two that were packed, and zod', async () => {
    const { printed } = await inProject('find node_modules -mindepth 1 -maxdepth 1 -type d ! -name "[.@]*"');
    const names = printed.trim().split('\n');
    expect(names.map((name) => path.basename(name)).sort()).toEqual(['event-pattern', 'order-events', 'zod']);
  });

  it('are typed for import and for require, as their README is, and give the same to both', async () => {
    const ways = Object.keys(manifest.exports).filter((way) => !way.endsWith('json') && !way.includes('*'));
    expect([...ways.map((way) => way.replace('.', 'order-events')), 'event-pattern'].sort()).toEqual(
      Object.keys(REFUSED).sort(),
    );
    const files = [
      ...['consumer.mts', 'consumer.cts'].map((name) => write(name, consumerOf(Object.keys(REFUSED)))),
      ...readme.map(({ content }, place) => write(`readme-${place}.ts`, content)),
    ];
    expect(await compile('--module nodenext --skipLibCheck --outDir compiled', ...files)).toMatchObject(done);
    const esm = await inProject('node compiled/consumer.mjs');
    expect(esm).toEqual({ status: 0, printed: expect.stringContaining('"orderEvent"') as string });
    expect(await inProject('node compiled/consumer.cjs')).toEqual(esm);
  });

  it('are typed for a bundler, their declarations without a flaw', async () => {
    const file = write('bundled.ts', consumerOf(WITHOUT_AWS));
    expect(await compile('--module preserve --noEmit --skipDefaultLibCheck', file)).toMatchObject(done);
  });

  it('do what the README of order-events shows', async () => {
    write('readme.js', programs.map((place) => `require('./compiled/readme-${place}.js');`).join('\n'));
    const { printed } = await inProject('AWS_REGION=eu-west-1 node readme.js');
    const promised = programs.flatMap((place) => [
      ...(readme[place]?.content ?? '').matchAll(/console\.log.*; \/\/ (.+)$/gm),
    ]);
    expect(promised.length).toBeGreaterThan(4);
    for (const [, line = ''] of promised) expect(printed).toMatch(patternOf(line));
  });

  it('make its test of a rule pass, and with a wrong rule fail, for a reason that is told', async () => {
    const [test = ''] = tests.map((place) => readme[place]?.content);
    write('right.test.ts', test);
    write('wrong.test.ts', test.replace("to: ['SHIPPED', 'DELIVERED']", "to: ['DELIVERED']"));
    const { printed } = await inProject('npx jest right.test.ts wrong.test.ts || true');
    expect(printed).toContain('PASS ./right.test.ts');
    expect(printed).toContain('FAIL ./wrong.test.ts');
    expect(printed).toContain('detail-type is "OrderShipped", wanted "OrderDelivered"');
  });

  it('have schemas, samples and AsyncAPI to be read', async () => {
    const files = [
      ...['schemas/OrderShipped', 'schemas/draft-04/OrderShipped', 'samples/OrderShipped/plain'],
      ...['released/1.0/patterns', 'asyncapi', 'package'],
    ];
    const read = files.map((file) => `require('order-events/${file}.json');`).join(' ');
    expect(await inProject(`node -e "${read}"`)).toMatchObject(done);
  });
});
