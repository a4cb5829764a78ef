import { readFileSync } from 'node:fs';
import path from 'node:path';
import { stageFrom } from '../../infra/settings.ts';
import { stageNamed, stageSchema } from '../../infra/stages.ts';

const bus = 'arn:aws:events:eu-central-1:111122223333:event-bus/company';

test('docs/deploy.md tells of every setting, and of none that there is not', () => {
  const text = readFileSync(path.join(__dirname, '../../docs/deploy.md'), 'utf8');
  const table = text.slice(text.indexOf('## Settings'), text.indexOf('**A bus that is there already.**'));
  const told = [...table.matchAll(/^\| (`[^|]+?) +\|/gm)].flatMap(([, cell = '']) =>
    [...cell.matchAll(/`(\w+)`/g)].map(([, name = '']) => name),
  );
  const { name: _, ...settings } = stageSchema.shape;
  expect(told.sort()).toEqual(['stage', ...Object.keys(settings)].sort());
});

describe('given settings by context', () => {
  test('when there are none, then the stage is dev as it stands in the code', () => {
    expect(stageFrom({ '@aws-cdk/core:stackRelativeExports': true })).toEqual(stageNamed('dev'));
  });

  test('when they come as texts, then each is read as what the stage has there', () => {
    const stage = stageFrom({
      stage: 'prod',
      region: 'eu-central-1',
      alarmEmails: 'a@example.com, b@example.com',
      corsOrigins: '',
      indexShards: '16',
      alarms: 'false',
      throttle: '{ "requestsPerSecond": 10, "burst": 20 }',
    });
    expect(stage).toEqual({
      ...stageNamed('prod'),
      region: 'eu-central-1',
      alarmEmails: ['a@example.com', 'b@example.com'],
      corsOrigins: [],
      indexShards: 16,
      alarms: false,
      throttle: { requestsPerSecond: 10, burst: 20 },
    });
  });

  test('when they come as JSON, as from cdk.context.json, then they are taken as they are', () => {
    const reservedConcurrency = { 'orders-api': 7 };
    expect(stageFrom({ indexShards: 16, reservedConcurrency })).toMatchObject({
      indexShards: 16,
      reservedConcurrency,
    });
  });

  test('when the stage is unknown, then the error names those there are', () => {
    expect(() => stageFrom({ stage: 'staging' })).toThrow('No stage "staging": there are dev and prod');
  });

  test('when a name is unknown, then the error names it, and those there are', () => {
    expect(() => stageFrom({ regoin: 'eu-central-1' })).toThrow(/^No setting "regoin": there are .*region/);
  });

  test('when several are wrong, then the error names each, and what it should be', () => {
    const given = { stage: 'prod', alarmEmails: 'a@example.com,b', indexShards: 'many', logRetention: '15' };
    const refused = () => stageFrom(given);
    expect(refused).toThrow(/^Settings of stage prod: /);
    expect(refused).toThrow(/alarmEmails\.1: is not an email address/);
    expect(refused).toThrow(/indexShards: .*expected number/);
    expect(refused).toThrow(/logRetention: .*expected one of .*14\|30/);
  });

  test.each([
    [{ tracing: 'adot' }, 'adotLayerArn: is needed for tracing by adot'],
    [{ eventBusArn: bus }, 'eventBusArn: needs account and region too'],
    [{ eventBusArn: 'company' }, 'eventBusArn: is not the ARN of an event bus'],
    [{ historyRetentionDays: '30' }, 'historyRetentionDays: must be at least orderRetentionDays, 400'],
    [{ corsOrigins: 'https://shop.example/' }, 'corsOrigins.0: is not an origin'],
    [{ reservedConcurrency: '{"orders-app": 3}' }, 'reservedConcurrency: Unrecognized key: "orders-app"'],
    [{ tags: '{"team"}' }, 'Setting tags of stage dev: '],
    [{ account: '1234' }, 'account: is not an account of twelve digits'],
    [{ region: 'Frankfurt' }, 'region: is not the code of a region'],
    [{ eventSource: 'aws.orders' }, 'eventSource: is not an event source'],
  ])('when they are %j, then the error says "%s"', (given, sentence) => {
    expect(() => stageFrom(given)).toThrow(sentence);
  });
});
