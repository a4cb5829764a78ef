import type { Access, Principal } from '../../../local/parts.ts';
import { createPermissions } from '../../../local/permissions/permissions.ts';
import type { TemplateResource } from '../../../local/template/assembly.ts';
import { lambdaRole, stackWith, trusting } from '../support/permission-stack.ts';
import { allow, document, type Given } from '../support/policies.ts';

const account = '000000000000';
const session = `arn:aws:sts::${account}:assumed-role/reader/reader`;
const table = `arn:aws:dynamodb:eu-west-1:${account}:table/Orders`;
const queueArn = `arn:aws:sqs:eu-west-1:${account}:q`;
const ruleArn = `arn:aws:events:eu-west-1:${account}:rule/orders/audit`;
const reader: Principal = { function: 'reader' };

const ask = (resources: Record<string, TemplateResource>, principal: Principal, ...accesses: Access[]) =>
  createPermissions({ stack: stackWith(resources) }).denial(principal, ...accesses);
const get: Access = { action: 'dynamodb:GetItem', resource: table };
const send: Access = { action: 'sqs:SendMessage', resource: queueArn };

describe("a function's role", () => {
  const attached = { PolicyDocument: document(allow('dynamodb:GetItem', table)), Roles: [{ Ref: 'Role' }] };
  const managed = { Type: 'AWS::IAM::ManagedPolicy', Properties: { ...attached, Roles: [] } };

  test.each<[string, Record<string, TemplateResource>]>([
    ['a policy', { P: { Type: 'AWS::IAM::Policy', Properties: { ...attached, PolicyName: 'p' } } }],
    ['a managed policy', { P: { Type: 'AWS::IAM::ManagedPolicy', Properties: attached } }],
    [
      'a managed policy that it names',
      { P: managed, Role: lambdaRole({ ManagedPolicyArns: [{ Ref: 'P' }] }) },
    ],
    [
      'a policy of its own',
      { Role: lambdaRole({ Policies: [{ PolicyName: 'p', PolicyDocument: attached.PolicyDocument }] }) },
    ],
  ])('has what %s allows, and nothing else', (_, resources) => {
    expect(ask(resources, reader, get)).toBeUndefined();
    expect(ask(resources, reader, { ...get, action: 'dynamodb:PutItem' })).toBe(
      `User: ${session} is not authorized to perform: dynamodb:PutItem on resource: ${table} because no identity-based policy allows the dynamodb:PutItem action`,
    );
  });

  test('given several things to do, then the first that it may not is named', () => {
    const P = { Type: 'AWS::IAM::ManagedPolicy', Properties: attached };
    const put = { ...get, action: 'dynamodb:PutItem' };
    expect(ask({ P }, reader, get, put, { ...get, action: 'dynamodb:Scan' })).toMatch(/PutItem/);
  });

  test.each<[string, Record<string, TemplateResource>, string]>([
    [
      'that the template does not have',
      { Reader: { Type: 'AWS::Lambda::Function', Properties: { Role: 'arn:aws:iam::1:role/x' } } },
      'The permissions of Reader cannot be evaluated: its role is not in the template.',
    ],
    [
      'that Lambda may not take on',
      { Role: lambdaRole({ AssumeRolePolicyDocument: trusting('events.amazonaws.com') }) },
      `The function Reader cannot be run: User: lambda.amazonaws.com is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::${account}:role/reader because no resource-based policy allows the sts:AssumeRole action.`,
    ],
    [
      'with a managed policy of AWS',
      { Role: lambdaRole({ ManagedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'] }) },
      'The permissions of Role cannot be evaluated: the managed policy arn:aws:iam::aws:policy/AdministratorAccess is not in the template.',
    ],
  ])('%s is refused at start', (_, resources, message) => {
    expect(() => createPermissions({ stack: stackWith(resources) })).toThrow(message);
  });

  test('6.1 boundaries: given one, or a policy for groups, then the property is refused as any that is not known', () => {
    expect(() => stackWith({ Role: lambdaRole({ PermissionsBoundary: 'x' }) })).toThrow(
      'The local runtime does not know the property PermissionsBoundary of AWS::IAM::Role (resource Role): teach it in local/template/support.ts',
    );
    const Groups = { Type: 'AWS::IAM::Policy', Properties: { ...attached, Groups: ['g'] } };
    expect(() => stackWith({ Groups })).toThrow(/property Groups of AWS::IAM::Policy/);
  });

  test('given a policy for a role that is nowhere, then it is refused', () => {
    const P = { Type: 'AWS::IAM::Policy', Properties: { ...attached, Roles: ['nobody'] } };
    expect(() => createPermissions({ stack: stackWith({ P }) })).toThrow(
      'The permissions of P cannot be evaluated: the role nobody is not in the template.',
    );
  });

  test('given a function that is nowhere, then it may nothing', () => {
    expect(ask({}, { function: 'other' }, get)).toBe(
      'The security token included in the request is invalid.',
    );
  });
});

describe('what conditions find out', () => {
  const may = (Condition: Given, access: Access, more: Record<string, TemplateResource> = {}) => {
    const PolicyDocument = document(allow('*', '*', { Condition }));
    const Role = lambdaRole({ Policies: [{ PolicyName: 'p', PolicyDocument }] });
    return ask({ Role, ...more }, reader, access) === undefined;
  };
  const object = { action: 's3:PutObject', resource: 'arn:aws:s3:::failures/x' };
  const bucket = { B: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'failures' } } };

  test.each<[string, Given, boolean]>([
    ['who asks', { ArnEquals: { 'aws:PrincipalArn': `arn:aws:iam::${account}:role/reader` } }, true],
    ['of which account', { StringEquals: { 'aws:PrincipalAccount': account } }, true],
    ['of which the resource is', { StringEquals: { 'aws:ResourceAccount': account } }, true],
    ['no service asks', { Null: { 'aws:SourceArn': 'true', 'aws:SourceAccount': 'true' } }, true],
    ['another account', { StringEquals: { 'aws:ResourceAccount': '111111111111' } }, false],
  ])('%s', (_, condition, expected) => {
    expect(may(condition, get)).toBe(expected);
  });

  test('6.1 TLS: calls count as encrypted on the way, as they do not leave the machine', () => {
    expect(may({ Bool: { 'aws:SecureTransport': 'true' } }, get)).toBe(true);
    expect(may({ Bool: { 'aws:SecureTransport': 'false' } }, get)).toBe(false);
  });

  test('whose bucket it is, where it is one of the template; else that is not known', () => {
    const ours = { StringEquals: { 's3:ResourceAccount': account, 'aws:ResourceAccount': account } };
    expect(may(ours, object, bucket)).toBe(true);
    expect(may(ours, object)).toBe(false);
    expect(may({ StringNotEquals: { 's3:ResourceAccount': '111111111111' } }, object)).toBe(false);
  });
});

describe('a role that a service takes on', () => {
  const resources = {
    Passing: lambdaRole({
      RoleName: 'passing',
      AssumeRolePolicyDocument: trusting('events.amazonaws.com'),
      Policies: [{ PolicyName: 'p', PolicyDocument: document(allow('sqs:SendMessage', queueArn)) }],
    }),
  };
  const as = (name: string, service = 'events.amazonaws.com'): Principal => ({
    role: `arn:aws:iam::${account}:role/${name}`,
    takenOnBy: { service, sourceArn: ruleArn },
  });

  test('6.2 roles of targets: one has what its policies allow, for a service that it trusts', () => {
    expect(ask(resources, as('passing'), send)).toBeUndefined();
    expect(ask(resources, as('passing'), get)).toMatch(/assumed-role\/passing\/.*GetItem/);
  });

  test('cannot be taken on by another service, nor where there is none', () => {
    expect(ask(resources, as('passing', 's3.amazonaws.com'), send)).toMatch(
      /s3.amazonaws.com .*sts:AssumeRole/,
    );
    expect(ask(resources, as('nobody'), send)).toMatch(/sts:AssumeRole on resource: .*role\/nobody/);
  });
});

test('given a listener, then it hears of all that is asked for, until the first denial', () => {
  const heard: unknown[][] = [];
  const P = {
    Type: 'AWS::IAM::ManagedPolicy',
    Properties: { PolicyDocument: document(allow('dynamodb:GetItem', table)), Roles: [{ Ref: 'Role' }] },
  };
  const permissions = createPermissions({
    stack: stackWith({ P }),
    asked: (...what) => heard.push(what),
  });
  heard.length = 0;
  permissions.denial(reader, get, send, get);
  expect(heard).toEqual([
    [reader, get, undefined],
    [reader, send, expect.stringContaining('sqs:sendmessage')],
  ]);
});

test('given the same question again, then the answer is the same, and as a context changes it changes', () => {
  const Condition = { StringEquals: { 'events:source': 'orders' } };
  const Policies = [{ PolicyName: 'p', PolicyDocument: document(allow('events:*', '*', { Condition })) }];
  const permissions = createPermissions({ stack: stackWith({ Role: lambdaRole({ Policies }) }) });
  const put = (source: string) =>
    permissions.denial(reader, {
      action: 'events:PutEvents',
      resource: `arn:aws:events:eu-west-1:${account}:event-bus/orders`,
      context: { 'events:source': source },
    }) === undefined;
  expect(['orders', 'others', 'orders', 'others'].map(put)).toEqual([true, false, true, false]);
});
