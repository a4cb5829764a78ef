import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { stageFrom } from '../../infra/settings.ts';
import { synthesized } from './synthesized.ts';

const ROOT = path.join(__dirname, '../..');
const ACCOUNT = '111122223333';

describe.each([
  ['eu-central-1', 'aws'],
  ['us-east-1', 'aws'],
  ['cn-north-1', 'aws-cn'],
])('given the region %s', (region, partition) => {
  const { json } = synthesized(stageFrom({ stage: 'prod', account: ACCOUNT, region }));
  const text = JSON.stringify(json);

  test('then every ARN is of its partition', () => {
    const partitions = [...text.matchAll(/"arn:([\w-]+)?/g)].map(([, of]) => of ?? 'AWS::Partition');
    expect(partitions.length).toBeGreaterThan(10);
    expect(new Set(partitions)).toEqual(new Set([partition]));
  });

  test('then no other region or account is named', () => {
    const regions = [...text.matchAll(/\b(?:us|eu|ap|sa|ca|af|me|cn|il)-[a-z]+-\d\b/g)].map(([name]) => name);
    expect(new Set(regions)).toEqual(new Set([region]));
    expect(new Set(text.match(/\b\d{12}\b/g))).toEqual(new Set([ACCOUNT]));
  });
});

describe('given the code of stack, functions and commands', () => {
  const files = ['infra', 'src', 'cli'].flatMap((folder) =>
    readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => path.join(folder, name)),
  );
  const linesWhere = (pattern: RegExp) =>
    files.flatMap((file) =>
      readFileSync(path.join(ROOT, file), 'utf8')
        .split('\n')
        .filter((line) => pattern.test(line) && !/^\s*(\/\/|\*|\/\*)/.test(line))
        .map((line) => `${file}: ${line.trim()}`),
    );

  test('then none names a partition, an account or a region', () => {
    expect(files.length).toBeGreaterThan(100);
    expect(linesWhere(/arn:aws[:-]/)).toEqual([]);
    expect(linesWhere(/\b\d{12}\b/)).toEqual([]);
    expect(linesWhere(/\b(?:us|eu|ap|sa|ca|af|me|cn|il)-[a-z]+-\d\b/)).toEqual([]);
  });

  test('then what names a host of AWS is a principal, which has one name everywhere, or the console of a partition', () => {
    const hosts = linesWhere(/amazonaws|aws\.amazon/).filter(
      (line) => !/ServicePrincipal\(|'(events|delivery\.logs|dynamodb)\.amazonaws\.com'/.test(line),
    );
    expect(hosts.map((line) => line.split(':')[0])).toEqual(hosts.map(() => 'infra/console-link.ts'));
    expect(hosts).toHaveLength(3);
  });

  test('then no client is given an endpoint, a region or credentials of its own', () => {
    const clients = linesWhere(/new (?!OrdersClient)\w+Client\(/);
    expect(clients.length).toBeGreaterThan(5);
    // Attempts and timeouts, or the form of S3's paths.
    const plain = /new \w+Client\((CLIENT|\{( \.\.\.CLIENT,)?( forcePathStyle(: hasOwnEndpoint\(\))? )?\})\)/;
    expect(clients.filter((line) => !plain.test(line))).toEqual([]);
  });
});
