import { refusing } from '../../../local/permissions/refusal.ts';
import { compileDocument, type Attached } from '../../../local/permissions/statements.ts';
import { allow, deny, document, table, type Given } from '../support/policies.ts';

const compile = (given: unknown, attached: Attached = 'to a role') =>
  compileDocument(given, attached, refusing('Policy1'));
const get = 'dynamodb:GetItem';
const when = (Condition: Given) => document(allow(get, table, { Condition }));

test('6.1 what is not known: one sentence names the policy and the element, and nothing starts', () => {
  expect(() => compile(document({ ...allow(get, table), Colour: 'red' }))).toThrow(
    'The permissions of Policy1 cannot be evaluated: the local runtime does not know the policy element Colour.',
  );
});

test.each<[string, unknown, RegExp]>([
  ['no document', 'no JSON', /its document is not an object/],
  ['an element of the document', { ...document(), Colour: 1 }, /policy element Colour/],
  [
    'another version of the language',
    { Version: '2008-10-17', Statement: [] },
    /its Version is not 2012-10-17/,
  ],
  ['no version', { Statement: [] }, /its Version/],
  ['a statement that is none', { ...document(), Statement: ['x'] }, /a statement is not an object/],
  ['an effect', document({ ...allow(get, table), Effect: 'allow' }), /Effect other than/],
  ['a principal in a policy of a role', document(allow(get, table, { Principal: '*' })), /has a Principal/],
  ['no action', document({ Effect: 'Allow', Resource: '*' }), /one of Action and NotAction/],
  [
    'an action and all but one',
    document({ ...allow(get, table), NotAction: 's3:*' }),
    /one of Action and NotAction/,
  ],
  [
    'an empty list of actions',
    document({ Effect: 'Allow', NotAction: [], Resource: '*' }),
    /empty list for its Action/,
  ],
  ['what is no action', document(allow('GetItem', table)), /"GetItem" is no action/],
  ['no resource', document({ Effect: 'Allow', Action: get }), /one of Resource and NotResource/],
  ['what is no ARN', document(allow(get, 'table/Orders')), /"table\/Orders" is no ARN/],
  [
    'a variable in a resource',
    document(allow(get, 'arn:aws:s3:::${aws:username}')),
    /variable in "arn:aws:s3:::\$\{aws:username}"/,
  ],
  [
    'a variable in a condition',
    when({ StringEquals: { 'events:source': '${aws:SourceAccount}' } }),
    /variable in "\$\{aws:SourceAccount}"/,
  ],
  ['an operator', when({ NumericLessThan: { 'events:source': '1' } }), /condition operator NumericLessThan/],
  ['an operator in another case', when({ stringequals: { 'events:source': '1' } }), /operator stringequals/],
  [
    'a set that is none',
    when({ 'ForSome:StringEquals': { 'events:source': '1' } }),
    /operator ForSome:StringEquals/,
  ],
  ['Null for some', when({ NullIfExists: { 'events:source': 'true' } }), /operator NullIfExists/],
  ['Null of something else', when({ Null: { 'events:source': 'x' } }), /Null takes "true" or "false"/],
  ['a key', when({ StringEquals: { 'aws:UserAgent': 'x' } }), /condition key aws:UserAgent/],
  ['a Bool that is none', when({ Bool: { 'aws:SecureTransport': 'yes' } }), /Bool does not take "yes"/],
  ['an ARN that is none', when({ ArnLike: { 'aws:SourceArn': 'orders' } }), /ArnLike does not take "orders"/],
  ['no values', when({ StringEquals: { 'events:source': [] } }), /no values/],
  ['a value that is no text', when({ StringEquals: { 'events:source': [{}] } }), /no text/],
  ['conditions that are none', when({ StringEquals: 'x' }), /StringEquals is not an object/],
])('%s is refused', (_, given, message) => {
  expect(() => compile(given)).toThrow(message);
});

test.each<[string, unknown, RegExp]>([
  ['NotPrincipal', document({ ...allow(get, table), NotPrincipal: '*' }), /element NotPrincipal/],
  ['no principal in one of a resource', document(allow(get, table)), /no Principal/],
  [
    'a kind of principal',
    document(allow(get, table, { Principal: { Federated: 'x' } })),
    /principals of the kind Federated/,
  ],
  [
    'a principal',
    document(allow(get, table, { Principal: { AWS: 'arn:aws:iam::123456789012:user/x' } })),
    /does not know the principal arn:aws:iam::123456789012:user\/x/,
  ],
])('%s is refused on a resource', (_, given, message) => {
  expect(() => compile(given, 'to a resource')).toThrow(message);
});

describe('ForAllValues, which also holds where there is no key', () => {
  const all = { 'ForAllValues:StringEquals': { 'events:source': ['orders.service'] } };

  test('6.1 ForAllValues: it is refused where it allows', () => {
    expect(() => compile(when(all))).toThrow(
      'ForAllValues:StringEquals on events:source also holds for requests without that key: put "Null": { "events:source": "false" } beside it',
    );
    expect(() => compile(when({ ...all, Null: { 'aws:SourceArn': 'false' } }))).toThrow(/ForAllValues/);
    expect(() => compile(when({ ...all, Null: { 'events:source': 'true' } }))).toThrow(/ForAllValues/);
  });

  test('is taken where the key must be there, and where it denies', () => {
    expect(compile(when({ ...all, Null: { 'Events:Source': false } }))).toHaveLength(1);
    expect(compile(document(deny(get, table, { Condition: all })))).toHaveLength(1);
  });
});
