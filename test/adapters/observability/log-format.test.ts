import type { Logger } from '@aws-lambda-powertools/logger';
import { correlate, createLogger } from '../../../src/adapters/observability/logger.ts';
import { pseudonym } from '../../../src/adapters/observability/pseudonym.ts';

const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';

const linesOf = (log: (logger: Logger) => void): Record<string, unknown>[] => {
  const lines: string[] = [];
  const keep = (line: string) => void lines.push(line);
  const logger = createLogger();
  Object.assign(logger, { console: { info: keep, error: keep, warn: keep } });
  log(logger);
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
};

describe('a line of the log', () => {
  test('given listed fields, then they are in it, under the names that Powertools gives the others', () => {
    const [line] = linesOf((logger) => logger.info('request', { routeKey: 'GET /orders', statusCode: 200 }));
    expect(line).toMatchObject({
      level: 'INFO',
      message: 'request',
      routeKey: 'GET /orders',
      statusCode: 200,
    });
    expect(Object.keys(line!)).toEqual(expect.arrayContaining(['timestamp', 'service']));
  });

  test('given another field, then it says that it was left out, and not what it was', () => {
    const [line] = linesOf((logger) => logger.info('request', { note: 'canary', customerId: 'canary' }));
    expect(line).toMatchObject({ unlisted: ['note', 'customerId'] });
    expect(JSON.stringify(line)).not.toContain('canary');
  });

  test('given an error with an item beside its message, then the message is in it, and the item is not', () => {
    const cause = Object.assign(new Error('inner'), { Item: { note: { S: 'canary' } } });
    const error = Object.assign(new Error('refused', { cause }), {
      CancellationReasons: [{ Item: 'canary' }],
    });
    const [line] = linesOf((logger) => logger.error('request failed', error));
    expect(line).toMatchObject({ error: { name: 'Error', message: 'refused', cause: { message: 'inner' } } });
    expect(JSON.stringify(line)).not.toContain('canary');
  });

  test('given a request and then another, then each line names its own, and the trace if there is one', () => {
    const [first, second] = linesOf((logger) => {
      correlate(logger, { correlationId: 'corr-1', traceparent });
      logger.info('request');
      correlate(logger, { correlationId: 'corr-2' });
      logger.info('request');
    });
    expect(first).toMatchObject({
      correlation_id: 'corr-1',
      trace_id: '4bf92f3577b34da6a3ce929d0e0e4736',
    });
    expect(second).toMatchObject({ correlation_id: 'corr-2' });
    expect(second).not.toHaveProperty('trace_id');
  });
});

describe('the name of a customer in logs', () => {
  test('given the same key, then it is the same; given another, then nothing tells that it is the same customer', () => {
    expect(pseudonym('key')('C101')).toBe(pseudonym('key')('C101'));
    expect(pseudonym('key')('C101')).not.toBe(pseudonym('key')('C102'));
    expect(pseudonym('key')('C101')).not.toBe(pseudonym('other')('C101'));
  });
});
