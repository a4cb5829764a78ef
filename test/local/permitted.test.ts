import { permittedDestinations, permittedLogs, permittedSource } from '../../local/permitted.ts';
import type { StreamSource } from '../../local/stream/source.ts';
import { permissionsBut } from './support/permissions.ts';

const table = 'arn:aws:dynamodb:eu-west-1:000000000000:table/Orders';
const streamArn = `${table}/stream/2026-01-01T00:00:00.000`;
const group = 'arn:aws:logs:eu-west-1:000000000000:log-group:/aws/lambda/reader';

describe('the stream as a function may read it', () => {
  const read: string[] = [];
  const doing = <T>(what: string, value: T): Promise<T> => {
    read.push(what);
    return Promise.resolve(value);
  };
  const source: StreamSource = {
    id: () => doing('id', 'stream'),
    shards: () => doing('shards', []),
    open: () => Promise.resolve({ next: () => doing('next', { records: [], end: true }) }),
  };
  const all = async (denies?: RegExp) => {
    read.length = 0;
    const { permissions, asked } = permissionsBut(denies);
    const permitted = permittedSource(source, streamArn, { function: 'reader', permissions });
    const readAll = async () => {
      await permitted.id();
      await permitted.shards();
      await (await permitted.open('shard-1', 'LATEST')).next();
    };
    const failed = await readAll().then(
      () => undefined,
      (error: unknown) => String(error),
    );
    return { asked, failed, read: [...read] };
  };

  test('6.2 reading the stream: its mapping reads with the permissions of the role', async () => {
    const { asked, failed, read: done } = await all();
    expect(failed).toBeUndefined();
    expect(done).toEqual(['id', 'shards', 'next']);
    expect(asked).toEqual([
      `reader dynamodb:ListStreams on ${table}/stream/*`,
      `reader dynamodb:DescribeStream on ${streamArn}`,
      `reader dynamodb:GetShardIterator on ${streamArn}`,
      `reader dynamodb:GetRecords on ${streamArn}`,
    ]);
  });

  test.each([
    ['ListStreams', []],
    ['DescribeStream', ['id']],
    ['GetShardIterator', ['id', 'shards']],
    ['GetRecords', ['id', 'shards']],
  ])('given no %s, then it is read no further', async (action, expected) => {
    const { failed, read: done } = await all(new RegExp(action));
    expect(failed).toContain(`AccessDenied: may not: reader dynamodb:${action} on`);
    expect(done).toEqual(expected);
  });
});

describe('where a function keeps what it failed', () => {
  const keep = (denies?: RegExp) => {
    const put: string[] = [];
    const { permissions, asked } = permissionsBut(denies);
    const { queues, objects } = permittedDestinations(
      {
        queues: { sending: (queueArn) => ({ part: 'queues', entry: queueArn }) },
        objects: {
          buckets: () => ['failures'],
          put: (bucket, key) => {
            put.push(`${bucket}/${key}`);
            return Promise.resolve();
          },
        },
      },
      { function: 'reader', permissions },
    );
    return { queues, objects, put, asked };
  };
  const message = { body: '', attributes: {} };

  test('6.2 keeping failures: a queue needs sqs:SendMessage', () => {
    const { queues, asked } = keep();
    expect(queues.sending('arn:q', message)).toEqual({ part: 'queues', entry: 'arn:q' });
    expect(asked).toEqual(['reader sqs:SendMessage on arn:q']);
    expect(() => keep(/SendMessage/).queues.sending('arn:q', message)).toThrow(
      'may not: reader sqs:SendMessage',
    );
  });

  test('6.2 failures in a bucket: it needs s3:ListBucket, and s3:PutObject on the key', async () => {
    const { objects, put, asked } = keep();
    await objects.put('failures', 'aws/lambda/x', new Uint8Array());
    expect(put).toEqual(['failures/aws/lambda/x']);
    expect(asked).toEqual([
      'reader s3:ListBucket on arn:aws:s3:::failures',
      'reader s3:PutObject on arn:aws:s3:::failures/aws/lambda/x',
    ]);
    for (const denied of [/ListBucket/, /PutObject/]) {
      const without = keep(denied);
      await expect(without.objects.put('failures', 'k', new Uint8Array())).rejects.toThrow('may not');
      expect(without.put).toEqual([]);
    }
  });
});

describe('what a function prints', () => {
  const print = (denies?: RegExp) => {
    const [written, warned]: [string[], string[]] = [[], []];
    const { permissions, asked } = permissionsBut(denies);
    const logs = permittedLogs(
      { write: (name, stream, line) => written.push(`${name} ${stream} ${line}`) },
      { region: 'eu-west-1', accountId: '000000000000' },
      { function: 'reader', permissions },
      (line) => warned.push(line),
    );
    const name = '/aws/lambda/reader';
    logs.begin(name, 's1');
    logs.write(name, 's1', 'a');
    logs.write(name, 's1', 'b');
    logs.write(name, 's2', 'c');
    return { written, warned, asked };
  };

  test('6.2 writing logs: a stream is made once, and each line put, in its own group', () => {
    const { written, warned, asked } = print();
    expect(written).toEqual(['s1 a', 's1 b', 's2 c'].map((line) => `/aws/lambda/reader ${line}`));
    expect(warned).toEqual([]);
    expect(asked).toEqual([
      `reader logs:CreateLogStream on ${group}:log-stream:s1`,
      ...Array.from({ length: 3 }, () => `reader logs:PutLogEvents on ${group}:log-stream:s1`),
      `reader logs:CreateLogStream on ${group}:log-stream:s2`,
      `reader logs:PutLogEvents on ${group}:log-stream:s2`,
    ]);
  });

  test.each([/CreateLogStream/, /PutLogEvents/])(
    'given no %s, then it is lost, and one line says so',
    (denies) => {
      const { written, warned } = print(denies);
      expect(written).toEqual([]);
      expect(warned).toEqual([expect.stringMatching(/^what reader prints is lost: may not: reader logs:/)]);
    },
  );
});
