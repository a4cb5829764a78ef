import fc from 'fast-check';
import { compactDetail } from '../../../local/bus/detail.ts';
import { checkEntry, checkRequest, entryBytes } from '../../../local/bus/entries.ts';
import { envelope } from '../../../local/bus/envelope.ts';

const entry = { Source: 'orders.service', DetailType: 'OrderCreated', Detail: '{}' };
const nested = (depth: number) => `{"a":${'['.repeat(depth - 1)}${']'.repeat(depth - 1)}}`;

describe('a PutEvents request', () => {
  test('2.1 size of an entry: UTF-8 bytes, fourteen for a time, and nothing for bus and trace header', () => {
    expect(entryBytes({ Source: 'ä', DetailType: '€', Detail: '😀', Resources: ['a', 'bc'] })).toBe(
      2 + 3 + 4 + 3,
    );
    expect(entryBytes({ ...entry, Time: 0, EventBusName: 'x'.repeat(99), TraceHeader: 'y' })).toBe(
      14 + 14 + 12 + 2,
    );
  });

  test('2.1 size of a request: its entries stay under 1,048,576 bytes in sum', () => {
    const fill = (bytes: number) => ({ ...entry, Detail: 'x'.repeat(bytes - entryBytes(entry) + 2) });
    expect(() => checkRequest([fill(1_048_575)])).not.toThrow();
    expect(() => checkRequest([fill(1_048_576)])).toThrow(
      'Total size of the entries in the request is over the limit.',
    );
    expect(() => checkRequest([fill(600_000), fill(600_000)])).toThrow('Total size');
  });

  test('2.1 TraceHeader: it has at most 500 characters', () => {
    const traced = (length: number) => () =>
      checkRequest([entry, { ...entry, TraceHeader: 'x'.repeat(length) }]);
    expect(traced(500)).not.toThrow();
    expect(traced(501)).toThrow("at 'entries.2.member.traceHeader' failed to satisfy constraint");
  });

  test.each([
    'orders',
    'default',
    'a.b-c_D9',
    'arn:aws:events:eu-central-1:000000000000:event-bus/orders',
    'arn:aws-us-gov:events:us-gov-west-1:123456789012:event-bus/orders',
    'x'.repeat(1_600),
    undefined,
  ])('given the bus %s, then it is taken', (EventBusName) => {
    expect(() =>
      checkRequest([{ ...entry, ...(EventBusName !== undefined && { EventBusName }) }]),
    ).not.toThrow();
  });

  test.each([
    '',
    'or ders',
    'orders\n',
    '\u001b[2J',
    'a/b',
    'arn:aws:events:eu-central-1:000000000000:rule/orders',
    'arn:aws:events:eu-central-1:1:event-bus/orders',
    'x'.repeat(1_601),
  ])('given the bus %j, then the request is refused', (EventBusName) => {
    expect(() => checkRequest([entry, { ...entry, EventBusName }])).toThrow(
      "at 'entries.2.member.eventBusName' failed to satisfy constraint: Member must ",
    );
  });

  test('2.1 number of entries: one to ten', () => {
    expect(() => checkRequest([])).toThrow('Member must have length greater than or equal to 1');
    expect(() => checkRequest(Array.from({ length: 10 }, () => entry))).not.toThrow();
    expect(() => checkRequest(Array.from({ length: 11 }, () => entry))).toThrow('less than or equal to 10');
  });
});

describe('an entry', () => {
  test.each([
    [
      { Source: undefined },
      'InvalidArgument',
      'Parameter Source is not valid. Reason: Source is a required argument.',
    ],
    [
      { DetailType: '' },
      'InvalidArgument',
      'Parameter DetailType is not valid. Reason: DetailType is a required argument.',
    ],
    [
      { Detail: undefined },
      'InvalidArgument',
      'Parameter Detail is not valid. Reason: Detail is a required argument.',
    ],
    [
      { DetailType: 'x'.repeat(129) },
      'InvalidArgument',
      'Parameter DetailType is not valid. Reason: DetailType is longer than 128 characters.',
    ],
    [{ Source: 'aws.ec2' }, 'NotAuthorizedForSourceException', 'Not authorized for the source.'],
    [{ Detail: '"text"' }, 'MalformedDetail', 'Detail is malformed.'],
    [{ Detail: '[1]' }, 'MalformedDetail', 'Detail is malformed.'],
    [{ Detail: '{"a":' }, 'MalformedDetail', 'Detail is malformed.'],
    [{ Detail: '{"a":9223372036854775808}' }, 'MalformedDetail', 'Detail is malformed.'],
    [{ Detail: nested(1001) }, 'MalformedDetail', 'Detail is malformed.'],
  ])('2.1 content of an entry: %o is refused with %s', (change, ErrorCode, ErrorMessage) => {
    expect(checkEntry({ ...entry, ...change })).toEqual({ ErrorCode, ErrorMessage });
  });

  test.each([
    '{"a":9223372036854775807}',
    '{"a":-9223372036854775808}',
    nested(1000),
    '{"a":"99999999999999999999"}',
  ])('2.1 JSON limits: integers of 64 bits and 1,000 levels are accepted as they are', (Detail) =>
    expect(checkEntry({ ...entry, Detail })).toEqual({ detail: Detail }),
  );
});

describe('the event', () => {
  test('carries the detail as it was published, white space aside', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string(), fc.jsonValue()),
        fc.integer({ min: 0, max: 4 }),
        (value, indent) => {
          // Doubles that print as integers beyond 64 bits are refused.
          fc.pre(!/\d{19}/.test(JSON.stringify(value)));
          expect(compactDetail(JSON.stringify(value, null, indent))).toBe(JSON.stringify(value));
        },
      ),
    );
    expect(compactDetail('{ "b": 1.50, "2": 1e3, "1": 12345678901234567 }')).toBe(
      '{"b":1.50,"2":1e3,"1":12345678901234567}',
    );
  });

  test('has the nine fields of an envelope in their order', () => {
    fc.assert(
      fc.property(
        fc.record({ source: fc.string(), detailType: fc.string(), resources: fc.array(fc.string()) }),
        fc.dictionary(fc.string(), fc.jsonValue()),
        fc.integer({ min: 0, max: 4e12 }),
        (given, detail, time) => {
          const json = envelope({
            ...given,
            id: 'i',
            account: 'a',
            region: 'r',
            time,
            detail: JSON.stringify(detail),
          });
          expect(JSON.stringify(JSON.parse(json))).toBe(
            JSON.stringify({
              version: '0',
              id: 'i',
              'detail-type': given.detailType,
              source: given.source,
              account: 'a',
              time: new Date(Math.floor(time / 1000) * 1000).toISOString().replace('.000Z', 'Z'),
              region: 'r',
              resources: given.resources,
              detail: JSON.parse(JSON.stringify(detail)) as unknown,
            }),
          );
        },
      ),
    );
  });
});
