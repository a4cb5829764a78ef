import { PutSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { keySecret } from '../../src/adapters/cursors/key-secret.ts';
import { signedCursors } from '../../src/adapters/cursors/signed-cursors.ts';
import { signingKeys } from '../../src/adapters/cursors/signing-keys.ts';
import { startEdges } from '../local/support/running.ts';
import { sdkClients } from '../local/support/sdk.ts';
import { secret } from '../local/support/stack.ts';
import { keysAtHand } from '../support/cursors.ts';
import { cursorsContract } from './cursors.ts';

const clockFrom = (start: number) => {
  let now = start;
  return { now: () => now, clock: () => new Date(now).toISOString(), wait: (ms: number) => (now += ms) };
};
const SecretId = 'cursor-key';
const NEW_SECOND = 1001;

let stops: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const stop of stops.reverse()) await stop();
  stops = [];
});

const startSecrets = async () => {
  const edges = await startEdges([secret(SecretId, { GenerateSecretString: { PasswordLength: 64 } })]);
  const { secrets, destroy } = sdkClients(edges.url);
  stops.push(() => edges.stop(), destroy);
  const time = clockFrom(Date.parse('2026-11-22T10:00:00Z'));
  const send = jest.spyOn(secrets, 'send');
  /** As another instance of the function would read them. */
  const instance = () => signedCursors(signingKeys(keySecret(secrets, SecretId), time.now), time.clock);
  const rotate = (SecretString: string) =>
    secrets.send(new PutSecretValueCommand({ SecretId, SecretString }));
  return { ...time, instance, rotate, send };
};

describe('cursors with keys at hand', () => {
  cursorsContract(() => {
    const { clock, wait } = clockFrom(Date.parse('2026-11-22T10:00:00Z'));
    return Promise.resolve({ cursors: signedCursors(keysAtHand(), clock), wait });
  });
});

describe('cursors with the key of a secret', () => {
  cursorsContract(async () => {
    const { instance, wait } = await startSecrets();
    return { cursors: instance(), wait };
  });

  it('given a key that was rotated, then instances that read it before and after open what either sealed', async () => {
    const { instance, rotate, wait } = await startSecrets();
    const before = instance();
    const old = await before.seal(['a'], 'old');
    await rotate('second');
    wait(NEW_SECOND);
    const after = instance();
    const fresh = await after.seal(['a'], 'fresh');
    const late = await before.seal(['a'], 'late');
    expect(fresh.split('.')[0]).not.toBe(old.split('.')[0]);
    for (const cursors of [before, after]) {
      for (const [cursor, value] of [
        [old, 'old'],
        [fresh, 'fresh'],
        [late, 'late'],
      ] as const) {
        expect(await cursors.open(['a'], cursor)).toEqual({ ok: true, value });
      }
    }
  });

  it('given a key that was rotated twice, then its cursors are refused once it is forgotten', async () => {
    const { instance, rotate, wait } = await startSecrets();
    const cursors = instance();
    const cursor = await cursors.seal(['a'], 'place');
    await rotate('second');
    await rotate('third');
    wait(5 * 60_000 + 1);
    expect(await cursors.open(['a'], cursor)).toEqual({ ok: false, error: { code: 'cursor-invalid' } });
  });

  it('given nothing to seal or open, then the secret is not read; given 10,000 forged ids, then once a second', async () => {
    const { instance, send, wait } = await startSecrets();
    const cursors = instance();
    expect(send).not.toHaveBeenCalled();
    for (let n = 0; n < 10_000; n += 1) {
      const cursor = `forged${n}.${n.toString(36)}.W10.${'A'.repeat(43)}`;
      expect(await cursors.open(['a'], cursor)).toEqual({ ok: false, error: { code: 'cursor-invalid' } });
    }
    // Of each reading two: the current version, and that there is none before it.
    expect(send).toHaveBeenCalledTimes(2);
    wait(NEW_SECOND);
    await cursors.open(['a'], 'forged.0.W10.A');
    expect(send).toHaveBeenCalledTimes(4);
  });

  it('given a secret that cannot be read, then it is tried again with the next cursor', async () => {
    const { instance, send } = await startSecrets();
    const cursors = instance();
    const throttled = Object.assign(new Error('slow down'), { name: 'ThrottlingException' });
    send.mockImplementationOnce(() => Promise.reject(throttled) as never);
    await expect(cursors.seal(['a'], 'place')).rejects.toThrow('ThrottlingException');
    expect(await cursors.open(['a'], await cursors.seal(['a'], 'place'))).toMatchObject({ ok: true });
  });

  it('given a secret that cannot be read for a key that is not known, then those that are known go on', async () => {
    const { instance, send, wait } = await startSecrets();
    const cursors = instance();
    const cursor = await cursors.seal(['a'], 'place');
    wait(NEW_SECOND);
    send.mockImplementation(() => Promise.reject(new Error('slow down')) as never);
    await expect(cursors.open(['a'], 'forged.0.W10.A')).rejects.toThrow('slow down');
    expect(await cursors.open(['a'], cursor)).toEqual({ ok: true, value: 'place' });
    wait(5 * 60_000);
    await expect(cursors.open(['a'], cursor)).rejects.toThrow('slow down');
  });

  it('given a secret without text, as a binary one is, then nothing is signed with it', async () => {
    const { instance, send } = await startSecrets();
    send.mockImplementation(
      () => Promise.resolve({ VersionId: 'v1', SecretBinary: Buffer.from('key') }) as never,
    );
    await expect(instance().seal(['a'], 'place')).rejects.toThrow('cursor-key has no text as AWSCURRENT');
  });
});
