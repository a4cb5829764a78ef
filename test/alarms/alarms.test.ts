import { keyOf } from '../../local/metrics/store.ts';
import { AWS_OPERATIONS, ORDERS_COMMANDS } from './runbooks.ts';
import { ordinaryTraffic, SCENARIOS } from './scenarios.ts';
import { openWorld, type World } from './world.ts';

jest.setTimeout(300_000);

/** Longer than any alarm looks back, but those over hours: there the scenario itself lets them pass. */
const MINUTES_TO_CLEAR = 40;

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.local.close());

const inAlarm = (names: readonly string[]) => {
  const states = world.states();
  return names.filter((name) => states.get(name) !== 'OK');
};
/** Minutes pass until none of them is in alarm; what still is, then. */
const cleared = (names: readonly string[]): string[] => {
  for (let minute = 0; minute < MINUTES_TO_CLEAR && inAlarm(names).length > 0; minute += 1) world.pass();
  return inAlarm(names);
};

/** `@aws-sdk/client-...` by the name that the AWS CLI has for the service. */
const CLIENTS: Record<string, () => Promise<object>> = {
  cloudwatch: () => import('@aws-sdk/client-cloudwatch'),
  dynamodb: () => import('@aws-sdk/client-dynamodb'),
  events: () => import('@aws-sdk/client-eventbridge'),
  lambda: () => import('@aws-sdk/client-lambda'),
  logs: () => import('@aws-sdk/client-cloudwatch-logs'),
  secretsmanager: () => import('@aws-sdk/client-secrets-manager'),
  sqs: () => import('@aws-sdk/client-sqs'),
};

describe('the alarms of the template, in the running system', () => {
  test('given ordinary traffic, then none rises', async () => {
    world.pass();
    await ordinaryTraffic(world);
    world.pass();
    world.pass();
    // How fast this machine is says nothing of the alarms.
    const slow = /-lag|-latency|customers-affected/;
    expect([...world.states()].filter(([name, state]) => state !== 'OK' && !slow.test(name))).toEqual([]);
  });

  test.each(SCENARIOS)(
    'given $given, then its alarms rise, and clear when it is mended',
    async ({ raises, breaks, mends }) => {
      expect(cleared(raises)).toEqual([]);
      const transitions = world.local.alarms.history().length;
      await breaks(world);
      const raised = world.raisedSince(transitions);
      expect(raises.filter((name) => !raised.has(name))).toEqual([]);
      await mends(world);
      expect(cleared(raises)).toEqual([]);
    },
  );

  test('when all is mended, then none is left in alarm', () => {
    expect(cleared([...world.states().keys()])).toEqual([]);
  });

  test('then each alarm has a scenario, and each scenario an alarm', () => {
    const names = world.local.alarms.list().map(({ name }) => name);
    const raised = new Set(SCENARIOS.flatMap(({ raises }) => raises));
    expect([...raised].sort()).toEqual(names.sort());
  });

  test('then every metric that an alarm or a graph shows was sent by something in the run', () => {
    const { alarms, dashboards } = world.local;
    const graphs = dashboards.flatMap(({ widgets }) => widgets.flatMap(({ queries }) => queries));
    const watched = alarms.list().flatMap(({ queries }) => queries);
    expect([graphs.length > 50, watched.length > 20]).toEqual([true, true]);
    const seen = world.seen();
    const missing = [...graphs, ...watched].flatMap((query) =>
      'metric' in query && !seen.has(keyOf(query.metric)) ? [query.metric] : [],
    );
    expect(missing).toEqual([]);
  });

  test('then the commands that runbooks name are there, and take what they are given', async () => {
    expect(ORDERS_COMMANDS.length).toBeGreaterThan(10);
    const refused: string[] = [];
    for (const command of ORDERS_COMMANDS) {
      const { code, err } = await world.command(...command.split(' '));
      // 3: a part is left, such as letters that the reader still makes nothing of.
      if (code !== 0 && code !== 3) refused.push(`${command}: ${code} ${err}`);
    }
    expect(refused).toEqual([]);
    expect(AWS_OPERATIONS.length).toBeGreaterThan(5);
    const unknown = await Promise.all(
      AWS_OPERATIONS.map(async (line) => {
        const [service = '', operation = ''] = line.split(' ');
        const name = `-${operation}`.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
        return `${name}Command` in ((await CLIENTS[service]?.()) ?? {}) ? [] : [line];
      }),
    );
    expect(unknown.flat()).toEqual([]);
  });
});
