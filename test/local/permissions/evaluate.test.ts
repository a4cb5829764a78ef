import {
  account,
  allow,
  allowed,
  decision,
  deny,
  eventBridge,
  role,
  table,
  type Question,
} from '../support/policies.ts';

const get = 'dynamodb:GetItem';
const queue = `arn:aws:sqs:eu-west-1:${account}:orders`;
const send = { action: 'sqs:SendMessage', on: queue };
const bucket = 'arn:aws:s3:::failures';

type Row = [name: string, question: Question, expected: boolean];

describe('what is allowed and what is denied', () => {
  test.each<Row>([
    ['nothing said', {}, false],
    ['allowed', { identity: [allow(get, table)] }, true],
    ['denied', { identity: [deny(get, table)] }, false],
    ['allowed, then denied', { identity: [allow(get, table), deny(get, table)] }, false],
    ['denied, then allowed', { identity: [deny(get, table), allow(get, table)] }, false],
    ['allowed by one of two', { identity: [allow('dynamodb:Query', table), allow(get, table)] }, true],
    ['another action', { identity: [allow('dynamodb:Query', table)] }, false],
    ['another resource', { identity: [allow(get, `${table}2`)] }, false],
    ['action and resource allowed apart', { identity: [allow(get, queue), allow('sqs:*', table)] }, false],
    ['one of several actions', { identity: [allow(['dynamodb:Query', get], table)] }, true],
    ['one of several resources', { identity: [allow(get, [queue, table])] }, true],
  ])('%s', (_, question, expected) => {
    expect(allowed(question)).toBe(expected);
  });
});

describe('actions', () => {
  test.each<Row>([
    ['any', { identity: [allow('*', table)] }, true],
    ['any of a service', { identity: [allow('dynamodb:*', table)] }, true],
    ['any of another service', { identity: [allow('s3:*', table)] }, false],
    ['* for the end', { identity: [allow('dynamodb:Get*', table)] }, true],
    ['* for the middle', { identity: [allow('dynamodb:G*m', table)] }, true],
    ['* for nothing', { identity: [allow('dynamodb:GetItem*', table)] }, true],
    ['? for one', { identity: [allow('dynamodb:GetIte?', table)] }, true],
    ['? is not none', { identity: [allow('dynamodb:GetItem?', table)] }, false],
    ['in any case of letters', { identity: [allow('DynamoDB:getitem', table)] }, true],
    ['all but others', { identity: [{ Effect: 'Allow', NotAction: 's3:*', Resource: table }] }, true],
    ['all but this', { identity: [{ Effect: 'Allow', NotAction: [get], Resource: table }] }, false],
    [
      'denied all but this',
      { identity: [allow('*', '*'), { Effect: 'Deny', NotAction: [get], Resource: '*' }] },
      true,
    ],
  ])('%s', (_, question, expected) => {
    expect(allowed(question)).toBe(expected);
  });
});

describe('resources', () => {
  const index = `${table}/index/GSI1`;
  test.each<Row>([
    ['any', { identity: [allow(get, '*')] }, true],
    ['* in the last part', { identity: [allow(get, `arn:aws:dynamodb:eu-west-1:${account}:*`)] }, true],
    ['* for region and account', { identity: [allow(get, 'arn:aws:dynamodb:*:*:table/Orders')] }, true],
    ['? for one', { identity: [allow(get, table.replace('Orders', 'Order?'))] }, true],
    ['* reaches over slashes', { identity: [allow(get, `${table}*`)], on: index }, true],
    ['a table is not its indexes', { identity: [allow(get, table)], on: index }, false],
    ['indexes are not the table', { identity: [allow(get, `${table}/*`)] }, false],
    ['in the same case of letters only', { identity: [allow(get, table.toLowerCase())] }, false],
    [
      '* reaches over no colon before the last part',
      { identity: [allow(get, 'arn:aws:*:table/Orders:x:y')] },
      false,
    ],
    [
      'and over colons in the last part',
      {
        identity: [allow(get, 'arn:aws:logs:*:*:log-group:*')],
        on: `arn:aws:logs:eu-west-1:${account}:log-group:a:log-stream:b`,
      },
      true,
    ],
    ['a dot is a dot', { identity: [allow(get, 'arn:aws:s3:::a.b')], on: 'arn:aws:s3:::axb' }, false],
    ['a bucket is not its objects', { identity: [allow(get, bucket)], on: `${bucket}/key` }, false],
    ['all but another', { identity: [{ Effect: 'Allow', Action: get, NotResource: queue }] }, true],
    ['all but this', { identity: [{ Effect: 'Allow', Action: get, NotResource: table }] }, false],
  ])('%s', (_, question, expected) => {
    expect(allowed(question)).toBe(expected);
  });
});

describe('policies on resources, within the account', () => {
  const to = (Principal: unknown) => ({
    resource: [allow('sqs:SendMessage', queue, { Principal })],
    ...send,
  });
  test.each<Row>([
    ['the role by name needs no policy of its own', to({ AWS: role.role }), true],
    ['the role by name, after its account', to({ AWS: [account, role.role] }), true],
    ['another role', to({ AWS: `${role.role}2` }), false],
    ['everybody', to('*'), true],
    ['everybody, in the other form', to({ AWS: '*' }), true],
    ['the account leaves it to the policies of the role', to({ AWS: account }), false],
    [
      'and these allow it',
      { ...to({ AWS: `arn:aws:iam::${account}:root` }), identity: [allow('sqs:SendMessage', queue)] },
      true,
    ],
    ['a service', { ...to({ Service: 'events.amazonaws.com' }), who: eventBridge }, true],
    [
      'one of several',
      { ...to({ Service: ['s3.amazonaws.com', 'events.amazonaws.com'] }), who: eventBridge },
      true,
    ],
    ['another service', { ...to({ Service: 'sns.amazonaws.com' }), who: eventBridge }, false],
    ['a service is no role', to({ Service: 'events.amazonaws.com' }), false],
    ['a role is no service', { ...to({ AWS: role.role }), who: eventBridge }, false],
    ['nothing said of a service', { ...send, who: eventBridge }, false],
    [
      'denied there, allowed to the role',
      {
        ...send,
        identity: [allow('sqs:*', queue)],
        resource: [deny('sqs:*', queue, { Principal: { AWS: account } })],
      },
      false,
    ],
    ['denied to the role, allowed there', { ...to('*'), identity: [deny('sqs:*', queue)] }, false],
  ])('%s', (_, question, expected) => {
    expect(allowed(question)).toBe(expected);
  });
});

describe('why something is denied', () => {
  test.each<[string, Question, object]>([
    ['no policy allows it', {}, { explicitly: false, by: 'identity-based' }],
    [
      'a policy of the role denies it',
      { identity: [deny('*', '*')] },
      { explicitly: true, by: 'identity-based' },
    ],
    [
      'a policy of the resource denies it',
      { ...send, resource: [deny('*', '*', { Principal: '*' })] },
      { explicitly: true, by: 'resource-based' },
    ],
    ['no policy lets a service', { ...send, who: eventBridge }, { explicitly: false, by: 'resource-based' }],
  ])('%s', (_, question, why) => {
    expect(decision(question)).toEqual({ allowed: false, ...why });
  });
});
