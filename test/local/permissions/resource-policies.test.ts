import type { Access, Principal } from '../../../local/parts.ts';
import { createPermissions } from '../../../local/permissions/permissions.ts';
import type { TemplateResource } from '../../../local/template/assembly.ts';
import { lambdaRole, stackWith } from '../support/permission-stack.ts';
import { allow, deny, document, type Given } from '../support/policies.ts';

const account = '000000000000';
const session = `arn:aws:sts::${account}:assumed-role/reader/reader`;
const queueArn = `arn:aws:sqs:eu-west-1:${account}:q`;
const ruleArn = `arn:aws:events:eu-west-1:${account}:rule/orders/audit`;
const reader: Principal = { function: 'reader' };
const audit: Principal = { service: 'events.amazonaws.com', sourceArn: ruleArn };
const send: Access = { action: 'sqs:SendMessage', resource: queueArn };

const queue = (QueueName = 'q'): TemplateResource => ({ Type: 'AWS::SQS::Queue', Properties: { QueueName } });
const ask = (resources: Record<string, TemplateResource>, principal: Principal, ...accesses: Access[]) =>
  createPermissions({ stack: stackWith(resources) }).denial(principal, ...accesses);

const fromAudit = { ArnEquals: { 'aws:SourceArn': ruleArn } };
const toEvents = (Action: string, Resource: string | string[], Condition: Given = fromAudit) =>
  allow(Action, Resource, { Principal: { Service: 'events.amazonaws.com' }, Condition });
const noOther = { ...audit, sourceArn: `${ruleArn}2` };

const policyOnQueue = (...statements: Given[]): Record<string, TemplateResource> => ({
  Q: queue(),
  Other: queue('other'),
  P: {
    Type: 'AWS::SQS::QueuePolicy',
    Properties: { Queues: [{ Ref: 'Q' }], PolicyDocument: document(...statements) },
  },
});
const function_ = `arn:aws:lambda:eu-west-1:${account}:function:reader`;
const stream = `arn:aws:logs:eu-west-1:${account}:log-group:/audit:log-stream:audit`;
const bus = `arn:aws:events:eu-west-1:${account}:event-bus/orders`;

test.each<[string, Record<string, TemplateResource>, Access]>([
  ['of a queue', policyOnQueue(toEvents('sqs:SendMessage', queueArn)), send],
  [
    'of a function',
    {
      P: {
        Type: 'AWS::Lambda::Permission',
        Properties: {
          Action: 'lambda:InvokeFunction',
          FunctionName: { 'Fn::GetAtt': ['Reader', 'Arn'] },
          Principal: 'events.amazonaws.com',
          SourceArn: ruleArn,
          SourceAccount: account,
        },
      },
    },
    { action: 'lambda:InvokeFunction', resource: function_ },
  ],
  [
    'of log groups',
    {
      P: {
        Type: 'AWS::Logs::ResourcePolicy',
        Properties: {
          PolicyName: 'p',
          PolicyDocument: JSON.stringify(
            document(toEvents('logs:PutLogEvents', `arn:aws:logs:eu-west-1:${account}:log-group:/audit:*`)),
          ),
        },
      },
    },
    { action: 'logs:PutLogEvents', resource: stream },
  ],
  [
    'of a bus',
    {
      P: {
        Type: 'AWS::Events::EventBusPolicy',
        Properties: {
          EventBusName: 'orders',
          StatementId: 's',
          Statement: toEvents('events:PutEvents', bus),
        },
      },
    },
    { action: 'events:PutEvents', resource: bus },
  ],
])(
  '6.1 policies on resources: those %s let in a rule that they name, and no other',
  (_, resources, access) => {
    expect(ask(resources, audit, access)).toBeUndefined();
    expect(ask(resources, noOther, access)).toBe(
      `User: events.amazonaws.com is not authorized to perform: ${access.action.replace('SendMessage', 'sendmessage')} on resource: ${access.resource} because no resource-based policy allows the ${access.action.replace('SendMessage', 'sendmessage')} action`,
    );
  },
);

test('given a permission for an account, then another is not let in', () => {
  const P = (SourceAccount: string) => ({
    Type: 'AWS::Lambda::Permission',
    Properties: {
      Action: 'lambda:InvokeFunction',
      FunctionName: { Ref: 'Reader' },
      Principal: 'events.amazonaws.com',
      SourceAccount,
    },
  });
  const invoke = { action: 'lambda:InvokeFunction', resource: function_ };
  expect(ask({ P: P(account) }, audit, invoke)).toBeUndefined();
  expect(ask({ P: P('111111111111') }, audit, invoke)).toMatch(/no resource-based policy allows/);
});

test('given one of a queue, then it says nothing of another', () => {
  const resources = policyOnQueue(toEvents('sqs:SendMessage', '*'));
  expect(ask(resources, audit, { ...send, resource: queueArn.replace(/q$/, 'other') })).toMatch(
    /sendmessage/,
  );
});

test('given one of a bucket, then it is about its objects too', () => {
  const Policies = [{ PolicyName: 'p', PolicyDocument: document(allow('s3:*', '*')) }];
  const bucket = 'arn:aws:s3:::failures';
  const resources: Record<string, TemplateResource> = {
    Role: lambdaRole({ Policies }),
    B: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'failures' } },
    P: {
      Type: 'AWS::S3::BucketPolicy',
      Properties: {
        Bucket: { Ref: 'B' },
        PolicyDocument: document(deny('s3:PutObject', `${bucket}/kept/*`, { Principal: '*' })),
      },
    },
  };
  const put = (key: string) =>
    ask(resources, reader, { action: 's3:PutObject', resource: `${bucket}/${key}` });
  expect(put('new/1')).toBeUndefined();
  expect(put('kept/1')).toBe(
    `User: ${session} is not authorized to perform: s3:PutObject on resource: "${bucket}/kept/1" with an explicit deny in a resource-based policy`,
  );
});

test('given one on what the template does not have, then it is refused', () => {
  const P = policyOnQueue()['P'] as TemplateResource;
  const Queues = ['https://sqs.eu-west-1.amazonaws.com/000000000000/nothing'];
  expect(() => ask({ P: { ...P, Properties: { ...P.Properties, Queues } } }, reader)).toThrow(
    'P (AWS::SQS::QueuePolicy): it is on https://sqs.eu-west-1.amazonaws.com/000000000000/nothing, which the template does not have',
  );
});
