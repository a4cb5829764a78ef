import { parseInput, targetInput } from '../../../local/bus/input.ts';
import { jsonPath } from '../../../local/bus/json-path.ts';

const event = JSON.stringify({
  version: '0',
  source: 'orders.service',
  detail: { id: 'O1', amount: 199, note: 'say "hi"', items: [{ sku: 'a' }, { sku: 'b' }], none: null },
});
const context = { ruleName: 'r', ruleArn: 'arn:rule', ingestedAt: Date.parse('2026-01-02T03:04:05.678Z') };
const input = (target: Record<string, unknown>) => targetInput(parseInput(target), event, context);
const transformed = (InputTemplate: string, InputPathsMap: Record<string, string> = {}) =>
  input({ InputTransformer: { InputTemplate, InputPathsMap } });

describe('what a target gets', () => {
  test('is the event, a constant, or a part of the event', () => {
    expect(input({})).toBe(event);
    expect(input({ Input: '{"a":1}' })).toBe('{"a":1}');
    expect(input({ InputPath: '$.detail.items' })).toBe('[{"sku":"a"},{"sku":"b"}]');
    expect(input({ InputPath: '$.detail.id' })).toBe('"O1"');
  });

  test('2.7 template: values are quoted where they stand alone, and raw within a string', () => {
    const paths = { id: '$.detail.id', amount: '$.detail.amount', first: '$.detail.items[0]' };
    expect(transformed('{"id": <id>, "amount": <amount>, "item": <first>}', paths)).toBe(
      '{"id": "O1", "amount": 199, "item": {"sku":"a"}}',
    );
    expect(transformed('"Order <id> of <amount>"', paths)).toBe('"Order O1 of 199"');
  });

  test('2.7 missing path: there is nothing where a path leads nowhere, and what is not a variable stays', () => {
    expect(transformed('"info <x>, <y>"', { x: '$.detail.absent' })).toBe('"info , <y>"');
    expect(transformed('{"none": <n>}', { n: '$.detail.none' })).toBe('{"none": null}');
  });

  test('2.7 no escaping: values within a string are put in as they are, as in the cloud', () => {
    expect(transformed('{"note": "<note>"}', { note: '$.detail.note' })).toBe('{"note": "say "hi""}');
    expect(transformed('{"q": "\\"<id>\\"", "id": <id>}', { id: '$.detail.id' })).toBe(
      '{"q": "\\"O1\\"", "id": "O1"}',
    );
  });

  test('2.7 predefined variables: rule, time and event are known', () => {
    const template =
      '{"r":<aws.events.rule-name>,"a":<aws.events.rule-arn>,"t":<aws.events.event.ingestion-time>,"e":<aws.events.event.json>}';
    expect(JSON.parse(transformed(template))).toEqual({
      r: 'r',
      a: 'arn:rule',
      t: '2026-01-02T03:04:05.678Z',
      e: JSON.parse(event) as unknown,
    });
    expect(transformed('<aws.events.event>')).toBe('{"version":"0","source":"orders.service"}');
  });
});

test.each([
  ['$', { a: { b: [1, { c: 2 }] } }],
  ['$.a.b[0]', 1],
  ["$['a'].b[1].c", 2],
  ['$.a.b[*].c', [2]],
  ['$.a.x', undefined],
  ['$.a.b.length', undefined],
  ['$.a.constructor', undefined],
])('the path %s', (path, found) => {
  expect(jsonPath({ a: { b: [1, { c: 2 }] } }, path)).toEqual(found);
});
