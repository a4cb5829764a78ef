import {
  GetFunctionConfigurationCommand,
  InvokeCommand,
  ListEventSourceMappingsCommand,
  ListFunctionsCommand,
  ResourceNotFoundException,
} from '@aws-sdk/client-lambda';
import { answers, fails, startEdges, type Running } from '../support/running.ts';
import { sdkClients } from '../support/sdk.ts';
import { functionArn, lambda, mapping } from '../support/stack.ts';

let running: Running;
let clients: ReturnType<typeof sdkClients>;
let client: ReturnType<typeof sdkClients>['lambda'];

beforeEach(async () => {
  running = await startEdges(
    [
      lambda('orders-crud-handler', { Environment: { Variables: { A: 'b' } }, Timeout: 10 }),
      lambda('reader'),
      mapping('on', { FunctionName: 'reader' }),
      mapping('off', { FunctionName: functionArn('reader'), Enabled: 'false' }),
    ],
    {
      functions: {
        'orders-crud-handler': (payload) => answers({ echo: payload }),
        broken: () => fails('no'),
        busy: () => ({ outcome: 'unreached', requestId: 'r', reason: 'Rate Exceeded.' }),
        silent: () => answers(undefined),
      },
    },
  );
  clients = sdkClients(running.url);
  client = clients.lambda;
});

afterEach(async () => {
  clients.destroy();
  await running.stop();
});

const text = (payload: Uint8Array | undefined) => Buffer.from(payload ?? []).toString();

describe('the Lambda client', () => {
  test.each([
    'orders-crud-handler',
    'orders-crud-handler:$LATEST',
    functionArn('orders-crud-handler'),
    `${functionArn('orders-crud-handler')}:$LATEST`,
    '000000000000:function:orders-crud-handler',
  ])('invokes by %s', async (FunctionName) => {
    const result = await client.send(new InvokeCommand({ FunctionName, Payload: '{"action":"list"}' }));
    expect(result).toMatchObject({ StatusCode: 200, ExecutedVersion: '$LATEST' });
    expect(text(result.Payload)).toBe('{"echo":{"action":"list"}}');
  });

  test('reads the environment of a function', async () => {
    const FunctionName = 'orders-crud-handler';
    expect(await client.send(new GetFunctionConfigurationCommand({ FunctionName }))).toMatchObject({
      FunctionArn: functionArn(FunctionName),
      Environment: { Variables: { A: 'b' } },
      Timeout: 10,
    });
    await expect(
      client.send(new GetFunctionConfigurationCommand({ FunctionName: 'no' })),
    ).rejects.toBeInstanceOf(ResourceNotFoundException);
  });

  test('lists what invokes a function, and whether it is on', async () => {
    const listed = async (asked: { FunctionName?: string; EventSourceArn?: string }) =>
      (await client.send(new ListEventSourceMappingsCommand(asked))).EventSourceMappings;
    const FunctionArn = functionArn('reader');
    expect(await listed({ FunctionName: 'reader' })).toMatchObject([
      { UUID: 'on', FunctionArn, State: 'Enabled', EventSourceArn: 'arn:stream', BatchSize: 100 },
      { UUID: 'off', FunctionArn, State: 'Disabled' },
    ]);
    expect(await listed({ EventSourceArn: 'arn:stream' })).toHaveLength(2);
    expect(await listed({ EventSourceArn: 'arn:other' })).toEqual([]);
    expect(await listed({ FunctionName: 'orders-crud-handler' })).toEqual([]);
  });

  test('is told that the function failed, with its error as the payload', async () => {
    const result = await client.send(new InvokeCommand({ FunctionName: 'broken' }));
    expect(result.FunctionError).toBe('Unhandled');
    expect(JSON.parse(text(result.Payload))).toEqual({ errorType: 'Error', errorMessage: 'no', trace: [] });
  });

  test('gets null from a function that answers nothing', async () => {
    expect(text((await client.send(new InvokeCommand({ FunctionName: 'silent' }))).Payload)).toBe('null');
  });

  test('invokes without waiting, by way of the journal', async () => {
    const FunctionName = 'orders-crud-handler';
    const result = await client.send(
      new InvokeCommand({ FunctionName, InvocationType: 'Event', Payload: '{"n":1}' }),
    );
    expect(result.StatusCode).toBe(202);
    await running.invocations.idle();
    expect(running.calls).toEqual([{ name: FunctionName, payload: { n: 1 } }]);
    expect(running.journal.compacted()).toEqual([]);
  });

  test('is told of an unknown function, of bad JSON, of a busy one, and of other operations', async () => {
    await expect(client.send(new InvokeCommand({ FunctionName: 'nobody' }))).rejects.toBeInstanceOf(
      ResourceNotFoundException,
    );
    await expect(
      client.send(new InvokeCommand({ FunctionName: 'broken', Payload: '{"a":' })),
    ).rejects.toMatchObject({ name: 'InvalidRequestContentException' });
    await expect(client.send(new InvokeCommand({ FunctionName: 'busy' }))).rejects.toMatchObject({
      name: 'TooManyRequestsException',
    });
    await expect(client.send(new ListFunctionsCommand({}))).rejects.toMatchObject({
      name: 'UnknownOperationException',
      message: expect.stringContaining('Supported: Invoke') as string,
    });
  });
});
