import { openEngine } from '../../../local/engine/opening.ts';
import { systemClock } from '../../../local/clock.ts';
import { describeWithEngine, runEngine, temporary } from '../support/engine.ts';

describeWithEngine('DYNAMODB_ENDPOINT', () => {
  test('another server is used instead of the embedded engine, and is left running', async () => {
    const [theirs, ours] = [temporary(), temporary()];
    const other = await openEngine({ directory: theirs.path, clock: systemClock, warn: () => undefined });
    for (let start = 1; start <= 2; start += 1) {
      const running = await runEngine(ours.path, { endpoint: other.endpoint });
      await running.put(`O${start}`);
      expect(await running.records()).toHaveLength(start);
      await running.close();
    }
    await other.stop();
    theirs.remove();
    ours.remove();
  });

  test('one that does not answer is said in one sentence', async () => {
    const { path, remove } = temporary();
    await expect(runEngine(path, { endpoint: 'http://127.0.0.1:1' })).rejects.toThrow(
      /^No DynamoDB answers at http:\/\/127\.0\.0\.1:1 \(.*ECONNREFUSED 127\.0\.0\.1:1\)\.$/,
    );
    remove();
  });
});
