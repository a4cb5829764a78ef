import { untold, type Access } from '../../../local/parts.ts';
import { allow, allowed, deny, table, type Given } from '../support/policies.ts';

const rule = 'arn:aws:events:eu-west-1:123456789012:rule/orders/audit';

/** Whether a statement with the condition allows, in this context. */
const holds = (Condition: Given, context: Access['context'] = {}) =>
  allowed({ identity: [allow('dynamodb:GetItem', table, { Condition })], context });
/** Whether one with the condition denies what all else allows. */
const denies = (Condition: Given, context: Access['context'] = {}) =>
  !allowed({ identity: [allow('*', '*'), deny('*', '*', { Condition })], context });

type Row = [name: string, condition: Given, context: NonNullable<Access['context']>, expected: boolean];

const source = { 'events:source': 'orders.service' };
const type = { 'events:detail-type': 'OrderCreated' };

test.each<Row>([
  ['StringEquals', { StringEquals: { 'events:source': 'orders.service' } }, source, true],
  ['StringEquals of another', { StringEquals: { 'events:source': 'orders' } }, source, false],
  ['StringEquals minds case', { StringEquals: { 'events:source': 'Orders.service' } }, source, false],
  ['StringEquals knows no wildcards', { StringEquals: { 'events:source': 'orders*' } }, source, false],
  ['one of several values', { StringEquals: { 'events:source': ['a', 'orders.service'] } }, source, true],
  ['none of several values', { StringEquals: { 'events:source': ['a', 'b'] } }, source, false],
  [
    'several keys, all holding',
    { StringEquals: { 'events:source': 'orders.service', 'events:detail-type': 'OrderCreated' } },
    { ...source, ...type },
    true,
  ],
  [
    'several keys, one not holding',
    { StringEquals: { 'events:source': 'orders.service', 'events:detail-type': 'OrderDeleted' } },
    { ...source, ...type },
    false,
  ],
  [
    'several operators, one not holding',
    { StringEquals: { 'events:source': 'orders.service' }, StringLike: { 'events:detail-type': 'X*' } },
    { ...source, ...type },
    false,
  ],
  ['a key in any case', { StringEquals: { 'Events:Source': 'orders.service' } }, source, true],
  ['a missing key', { StringEquals: { 'events:source': 'orders.service' } }, {}, false],
  [
    'a missing key, of two',
    { StringEquals: { 'events:source': 'orders.service', 'events:detail-type': 'x' } },
    source,
    false,
  ],
  ['StringNotEquals', { StringNotEquals: { 'events:source': 'a' } }, source, true],
  [
    'StringNotEquals of the same',
    { StringNotEquals: { 'events:source': ['a', 'orders.service'] } },
    source,
    false,
  ],
  ['StringNotEquals of a missing key', { StringNotEquals: { 'events:source': 'a' } }, {}, true],
  ['StringEqualsIgnoreCase', { StringEqualsIgnoreCase: { 'events:source': 'ORDERS.service' } }, source, true],
  [
    'StringNotEqualsIgnoreCase',
    { StringNotEqualsIgnoreCase: { 'events:source': 'ORDERS.service' } },
    source,
    false,
  ],
  ['StringLike', { StringLike: { 'events:source': 'orders.*' } }, source, true],
  ['StringLike with ?', { StringLike: { 'events:source': 'orders?service' } }, source, true],
  ['StringNotLike', { StringNotLike: { 'events:source': 'orders.*' } }, source, false],
  ['IfExists, where it does', { StringEqualsIfExists: { 'events:source': 'a' } }, source, false],
  ['IfExists, where it does not', { StringEqualsIfExists: { 'events:source': 'a' } }, {}, true],
  ['ArnEquals', { ArnEquals: { 'aws:SourceArn': rule } }, { 'aws:sourcearn': rule }, true],
  [
    'ArnEquals with wildcards, as ArnLike',
    { ArnEquals: { 'aws:SourceArn': rule.replace('audit', '*') } },
    { 'aws:sourcearn': rule },
    true,
  ],
  [
    'ArnLike by parts',
    { ArnLike: { 'aws:SourceArn': 'arn:*:rule/orders/audit:::*' } },
    { 'aws:sourcearn': rule },
    false,
  ],
  ['ArnNotEquals', { ArnNotEquals: { 'aws:SourceArn': rule } }, { 'aws:sourcearn': rule }, false],
  ['ArnNotLike of another', { ArnNotLike: { 'aws:SourceArn': `${rule}2` } }, { 'aws:sourcearn': rule }, true],
  ['ArnEquals of a missing key', { ArnEquals: { 'aws:SourceArn': rule } }, {}, false],
  ['Bool true', { Bool: { 'aws:SecureTransport': 'true' } }, { 'aws:securetransport': 'true' }, true],
  [
    'Bool as CloudFormation writes it',
    { Bool: { 'aws:SecureTransport': true } },
    { 'aws:securetransport': 'true' },
    true,
  ],
  ['Bool false', { Bool: { 'aws:SecureTransport': 'false' } }, { 'aws:securetransport': 'true' }, false],
  ['Bool of a missing key', { Bool: { 'aws:SecureTransport': 'false' } }, {}, false],
  ['BoolIfExists of a missing key', { BoolIfExists: { 'aws:SecureTransport': 'false' } }, {}, true],
  ['Null true of a missing key', { Null: { 'events:source': 'true' } }, {}, true],
  ['Null true of one that is there', { Null: { 'events:source': 'true' } }, source, false],
  ['Null false of a missing key', { Null: { 'events:source': 'false' } }, {}, false],
  ['Null false of one that is there', { Null: { 'events:source': false } }, source, true],
])('%s', (_, condition, context, expected) => {
  expect(holds(condition, context)).toBe(expected);
  expect(denies(condition, context)).toBe(expected);
});

describe('a key with several values', () => {
  const keys = (...values: string[]) => ({ 'dynamodb:leadingkeys': values });
  const all = { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['a', 'b'] } };
  const any = { 'ForAnyValue:StringEquals': { 'dynamodb:LeadingKeys': ['a', 'b'] } };
  const present = { Null: { 'dynamodb:LeadingKeys': 'false' } };

  test.each<Row>([
    ['ForAllValues of some', { ...all, ...present }, keys('a'), true],
    ['ForAllValues of all', { ...all, ...present }, keys('a', 'b'), true],
    ['ForAllValues with another among them', { ...all, ...present }, keys('a', 'c'), false],
    ['ForAllValues of none, with Null beside it', { ...all, ...present }, keys(), false],
    ['ForAnyValue of one', any, keys('c', 'b'), true],
    ['ForAnyValue of others', any, keys('c', 'd'), false],
    ['ForAnyValue of none', any, {}, false],
    [
      'ForAnyValue, negated',
      { 'ForAnyValue:StringNotEquals': { 'dynamodb:LeadingKeys': ['a'] } },
      keys('a', 'c'),
      true,
    ],
  ])('%s', (_, condition, context, expected) => {
    expect(holds(condition, context)).toBe(expected);
    expect(denies(condition, context)).toBe(expected);
  });

  test('given ForAllValues alone, then it denies what has no such key, as it holds for that', () => {
    expect(denies(all)).toBe(true);
  });

  test('6.1 several values: given neither, then it can be told of one value only: more allow nothing, and deny', () => {
    const plain = { StringEquals: { 'dynamodb:LeadingKeys': ['a', 'b'] } };
    expect(holds(plain, keys('a'))).toBe(true);
    expect(holds(plain, keys('a', 'b'))).toBe(false);
    expect(denies(plain, keys('a', 'b'))).toBe(true);
    expect(denies(plain, keys('c'))).toBe(false);
  });
});

test.each<[string, Given]>([
  ['StringEquals', { StringEquals: { 'dynamodb:LeadingKeys': 'a' } }],
  ['StringNotEquals', { StringNotEquals: { 'dynamodb:LeadingKeys': 'a' } }],
  ['IfExists', { StringEqualsIfExists: { 'dynamodb:LeadingKeys': 'a' } }],
  ['Null', { Null: { 'dynamodb:LeadingKeys': 'true' } }],
])(
  '6.1 unknown values: given one that AWS knows and this machine does not, then %s allows nothing, and denies',
  (_, condition) => {
    const context = { 'dynamodb:leadingkeys': untold } as const;
    expect(holds(condition, context)).toBe(false);
    expect(denies(condition, context)).toBe(true);
  },
);

test('given another condition that fails anyway, then what cannot be told does not matter', () => {
  const condition = { StringEquals: { 'dynamodb:LeadingKeys': 'a', 'events:source': 'x' } };
  expect(denies(condition, { 'dynamodb:leadingkeys': untold })).toBe(false);
});
