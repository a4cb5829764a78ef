import type { Template } from '../../../local/template/assembly.ts';
import { readStack, type StackOptions } from '../../../local/template/stack.ts';

const read = (template: Partial<Template>, options: StackOptions = {}) =>
  readStack({ stackName: 'Orders', template: { Resources: {}, ...template }, assets: new Map() }, options);

const queue = (QueueName: unknown, more: object = {}) => ({
  Type: 'AWS::SQS::Queue',
  Properties: { QueueName },
  ...more,
});
const named = (QueueName: unknown, template: Partial<Template> = {}, options: StackOptions = {}) =>
  read(
    { ...template, Resources: { ...template.Resources, Q: queue(QueueName) } },
    options,
  ).stack.resources.find(({ logicalId }) => logicalId === 'Q')?.properties['QueueName'];

describe('intrinsics', () => {
  test.each<[string, unknown, unknown]>([
    ['Ref of a pseudo parameter', { Ref: 'AWS::Region' }, 'eu-west-1'],
    ['Ref of a resource', { Ref: 'Table' }, 'orders-table'],
    [
      'Fn::GetAtt as a list',
      { 'Fn::GetAtt': ['Table', 'Arn'] },
      'arn:aws:dynamodb:eu-west-1:000000000000:table/orders-table',
    ],
    ['Fn::GetAtt as a text', { 'Fn::GetAtt': 'Bus.Name' }, 'orders'],
    [
      'Fn::Sub',
      { 'Fn::Sub': 'a-${Table}-${Bus.Name}-${!kept}-${AWS::AccountId}' },
      'a-orders-table-orders-${kept}-000000000000',
    ],
    [
      'Fn::Sub with variables',
      { 'Fn::Sub': ['${x}/${Table}', { x: { Ref: 'Bus' } }] },
      'orders/orders-table',
    ],
    ['Fn::Join', { 'Fn::Join': ['-', ['a', { Ref: 'Table' }]] }, 'a-orders-table'],
    ['Fn::Split and Fn::Select', { 'Fn::Select': ['1', { 'Fn::Split': ['-', { Ref: 'Table' }] }] }, 'table'],
    ['Fn::If', { 'Fn::If': ['IsDev', 'dev', 'other'] }, 'dev'],
    ['Fn::FindInMap', { 'Fn::FindInMap': ['Regions', { Ref: 'AWS::Region' }, 'short'] }, 'euw1'],
    ['a parameter with a default', { Ref: 'Stage' }, 'dev'],
    ['a parameter that is supplied', { Ref: 'Issuer' }, 'http://issuer'],
  ])('%s', (_, value, expected) => {
    const template: Partial<Template> = {
      Parameters: { Stage: { Type: 'String', Default: 'dev' }, Issuer: { Type: 'String' } },
      Mappings: { Regions: { 'eu-west-1': { short: 'euw1' } } },
      Conditions: {
        IsDev: {
          'Fn::And': [{ 'Fn::Equals': [{ Ref: 'Stage' }, 'dev'] }, { 'Fn::Not': [{ Condition: 'IsProd' }] }],
        },
        IsProd: { 'Fn::Or': [{ 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] }, { 'Fn::Equals': ['a', 'b'] }] },
      },
      Resources: {
        Table: { Type: 'AWS::DynamoDB::Table', Properties: { TableName: 'orders-table' } },
        Bus: { Type: 'AWS::Events::EventBus', Properties: { Name: 'orders' } },
      },
    };
    expect(named(value, template, { parameters: { Issuer: 'http://issuer' } })).toBe(expected);
  });

  test('AWS::NoValue leaves the property out', () => {
    expect(named({ Ref: 'AWS::NoValue' })).toBeUndefined();
  });

  test.each<[string, unknown, RegExp]>([
    ['Fn::ImportValue', { 'Fn::ImportValue': 'x' }, /Q\.QueueName: Fn::ImportValue is not supported/],
    ['Fn::GetAZs', { 'Fn::Select': [0, { 'Fn::GetAZs': '' }] }, /Fn::GetAZs is not supported/],
    ['one that nobody knows', { 'Fn::Guess': 1 }, /Fn::Guess is not supported/],
    ['Ref of nothing', { Ref: 'Nothing' }, /Ref names "Nothing"/],
    [
      'an attribute that is not known',
      { 'Fn::GetAtt': ['Table', 'Colour'] },
      /does not know the attribute Colour of AWS::DynamoDB::Table \(Table\)/,
    ],
    ['a name that refers to itself', { Ref: 'Q' }, /refers to itself/],
  ])('%s is refused with its place', (_, value, message) => {
    const Table = { Type: 'AWS::DynamoDB::Table' };
    expect(() => named(value, { Resources: { Table } })).toThrow(message);
  });

  test('a parameter without a value is refused', () => {
    expect(() => read({ Parameters: { Issuer: { Type: 'String' } } })).toThrow(
      /Parameters\.Issuer: it has no value/,
    );
  });
});

test('a resource whose condition does not hold is not there', () => {
  const { stack } = read({
    Conditions: { Never: { 'Fn::Equals': ['a', 'b'] } },
    Resources: { Q: queue('q', { Condition: 'Never' }) },
  });
  expect(stack.resources).toEqual([]);
});

test('resources have names, references and ARNs in the forms of AWS', () => {
  const { stack } = read({
    Resources: {
      Q: queue('notifications'),
      Unnamed: { Type: 'AWS::SQS::Queue' },
      Bus: { Type: 'AWS::Events::EventBus', Properties: { Name: 'orders' } },
      Rule: { Type: 'AWS::Events::Rule', Properties: { Name: 'audit', EventBusName: { Ref: 'Bus' } } },
      Bucket: { Type: 'AWS::S3::Bucket' },
      Logs: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: '/aws/x' } },
    },
  });
  const byId = new Map(stack.resources.map((resource) => [resource.logicalId, resource]));
  const account = 'eu-west-1:000000000000';
  expect(byId.get('Q')).toMatchObject({
    ref: 'https://sqs.eu-west-1.amazonaws.com/000000000000/notifications',
    arn: `arn:aws:sqs:${account}:notifications`,
  });
  expect(byId.get('Unnamed')?.arn).toMatch(/:Orders-Unnamed-[0-9A-F]{12}$/);
  expect(byId.get('Rule')).toMatchObject({
    ref: 'orders|audit',
    arn: `arn:aws:events:${account}:rule/orders/audit`,
  });
  expect(byId.get('Bucket')?.ref).toMatch(/^[a-z0-9-]+$/);
  expect(byId.get('Logs')?.arn).toBe(`arn:aws:logs:${account}:log-group:/aws/x:*`);
  expect(stack.byArn(`arn:aws:sqs:${account}:notifications`)?.logicalId).toBe('Q');
});

describe('what is not run', () => {
  test('an unknown type is refused by name', () => {
    expect(() => read({ Resources: { X: { Type: 'AWS::Glue::Job' } } })).toThrow(
      'The local runtime does not know the type AWS::Glue::Job (resource X): teach it in local/template/support.ts',
    );
  });

  test.each([
    [{ Colour: 'red' }, 'Colour'],
    [{ RedrivePolicy: {}, FifoThroughputLimit: 'perQueue' }, 'FifoThroughputLimit'],
  ])('an unknown property of an emulated type is refused by name', (Properties, property) => {
    expect(() => read({ Resources: { X: { Type: 'AWS::SQS::Queue', Properties } } })).toThrow(
      `The local runtime does not know the property ${property} of AWS::SQS::Queue (resource X): teach it in local/template/support.ts`,
    );
  });

  test('so is an unknown one inside another, in a list too', () => {
    const Targets = [
      { Id: 'a', Arn: 'b' },
      { Id: 'c', Arn: 'd', HttpParameters: {} },
    ];
    expect(() => read({ Resources: { X: { Type: 'AWS::Events::Rule', Properties: { Targets } } } })).toThrow(
      /property Targets\.HttpParameters of AWS::Events::Rule/,
    );
  });

  test('types that have no effect here are named, together', () => {
    const topic = { Type: 'AWS::SNS::Topic', Properties: { Anything: 1 } };
    const { notes } = read({ Resources: { A: topic, B: topic, Q: queue('q') } });
    expect(notes).toEqual([
      {
        type: 'AWS::SNS::Topic',
        level: 'not run',
        words: expect.any(String) as string,
        logicalIds: ['A', 'B'],
      },
    ]);
  });

  test('so are properties of what runs, whose effect is missed here; those without any are not', () => {
    const bucket = (Properties: Record<string, unknown>) => ({ Type: 'AWS::S3::Bucket', Properties });
    const kept = bucket({ LifecycleConfiguration: { Rules: [] }, Tags: [] });
    const Targets = [1, 2].map((n) => ({ Id: `${n}`, Arn: 'b', SqsParameters: { MessageGroupId: 'x' } }));
    const rule = { Type: 'AWS::Events::Rule', Properties: { Targets } };
    const { notes } = read({ Resources: { A: kept, B: kept, R: rule } });
    expect(notes).toEqual([
      {
        type: 'AWS::Events::Rule',
        property: 'Targets.SqsParameters',
        level: 'not run',
        words: 'there are no FIFO queues',
        logicalIds: ['R'],
      },
      {
        type: 'AWS::S3::Bucket',
        property: 'LifecycleConfiguration',
        level: 'not run',
        words: 'nothing expires',
        logicalIds: ['A', 'B'],
      },
    ]);
  });
});
