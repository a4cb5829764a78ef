import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  ResourceExistsException,
  ResourceNotFoundException,
} from '@aws-sdk/client-secrets-manager';
import { startEdges, type Running } from '../support/running.ts';
import { sdkClients } from '../support/sdk.ts';
import { secret, secretArn } from '../support/stack.ts';

const resources = [
  secret('cursor-key', { GenerateSecretString: { PasswordLength: 64, ExcludePunctuation: true } }),
  secret('given', { SecretString: 'as it stands' }),
];
const SecretId = 'cursor-key';

let running: Running;
let clients: ReturnType<typeof sdkClients>;

const start = async (found?: readonly string[]) => {
  running = await startEdges(resources, { ...(found && { found }) });
  clients = sdkClients(running.url);
};
const stop = async () => {
  clients.destroy();
  await running.stop();
};
const read = (input: Partial<GetSecretValueCommand['input']> = {}) =>
  clients.secrets.send(new GetSecretValueCommand({ SecretId, ...input }));
const put = (SecretString: string, ClientRequestToken?: string) =>
  clients.secrets.send(new PutSecretValueCommand({ SecretId, SecretString, ClientRequestToken }));

beforeEach(() => start());
afterEach(stop);

describe('the Secrets Manager client', () => {
  test('reads what the template generates or gives, by name or ARN', async () => {
    const made = await read();
    expect(made).toMatchObject({
      ARN: secretArn('cursor-key'),
      Name: 'cursor-key',
      SecretString: expect.stringMatching(/^[A-Za-z0-9]{64}$/) as string,
      VersionStages: ['AWSCURRENT'],
      CreatedDate: expect.any(Date) as Date,
    });
    expect((await read({ SecretId: secretArn('cursor-key') })).SecretString).toBe(made.SecretString);
    expect((await read({ SecretId: 'given' })).SecretString).toBe('as it stands');
  });

  test('puts a new version, and still reads the previous one, and no older one', async () => {
    const first = await read();
    await expect(read({ VersionStage: 'AWSPREVIOUS' })).rejects.toThrow(ResourceNotFoundException);
    const second = await put('second');
    expect(second).toMatchObject({ Name: 'cursor-key', VersionStages: ['AWSCURRENT'] });
    expect(await read()).toMatchObject({ SecretString: 'second', VersionId: second.VersionId });
    expect(await read({ VersionStage: 'AWSPREVIOUS' })).toMatchObject({
      SecretString: first.SecretString,
      VersionId: first.VersionId,
    });
    await put('third');
    expect((await read({ VersionId: second.VersionId })).VersionStages).toEqual(['AWSPREVIOUS']);
    await expect(read({ VersionId: first.VersionId })).rejects.toThrow(ResourceNotFoundException);
  });

  test('given a put again with its token, then it is one version; with another value, it is refused', async () => {
    const token = 'a-token-of-thirty-two-characters-and-more';
    await put('second', token);
    await put('second', token);
    await expect(put('other', token)).rejects.toThrow(ResourceExistsException);
    const { VersionIdsToStages } = await clients.secrets.send(new DescribeSecretCommand({ SecretId }));
    expect(Object.values(VersionIdsToStages ?? {})).toEqual([['AWSCURRENT'], ['AWSPREVIOUS']]);
    expect(VersionIdsToStages?.[token]).toEqual(['AWSCURRENT']);
  });

  test('given a restart, then both versions are as they were, also from a compacted journal', async () => {
    const first = await read();
    const second = await put('second');
    for (const keep of ['lines', 'compacted'] as const) {
      const left = keep === 'lines' ? running.journal.lines : running.journal.compacted();
      await stop();
      await start(left);
      expect(await read()).toMatchObject({ SecretString: 'second', VersionId: second.VersionId });
      expect((await read({ VersionStage: 'AWSPREVIOUS' })).SecretString).toBe(first.SecretString);
    }
  });

  test('given an unknown secret, or a stage of its own, then it is refused', async () => {
    await expect(read({ SecretId: 'nobody' })).rejects.toThrow(ResourceNotFoundException);
    const command = new PutSecretValueCommand({ SecretId, SecretString: 'x', VersionStages: ['MINE'] });
    await expect(clients.secrets.send(command)).rejects.toThrow('AWSCURRENT only');
  });
});
