import type { Resource, Stack } from '../parts.ts';
import { nameInArn, text, texts, UnsupportedResource } from '../properties.ts';
import { refusing } from './refusal.ts';
import { compileDocument, compileStatement, type Statement } from './statements.ts';

/** The statements of the policies on the resource with this ARN. */
export type OnResource = (arn: string) => readonly Statement[];

/** The template's policies on resources. */
export function readResourcePolicies(stack: Stack): OnResource {
  const onHolder = new Map<string, Statement[]>();
  for (const [type, { holders, statements }] of Object.entries(policies)) {
    for (const policy of stack.ofType(type)) {
      const compiled = statements(policy);
      for (const holder of holders(policy, stack))
        onHolder.set(holder, [...(onHolder.get(holder) ?? []), ...compiled]);
    }
  }
  return (arn) => onHolder.get(holderOf(arn)) ?? [];
}

interface PolicyType {
  holders: (policy: Resource, stack: Stack) => string[];
  statements: (policy: Resource) => Statement[];
}

const logsOfAccount = 'logs';

/** What a policy is attached to: an object's is its bucket's, and all log groups have one together. */
function holderOf(arn: string): string {
  if (arn.startsWith('arn:aws:s3:::')) return arn.replace(/\/.*$/s, '');
  return arn.startsWith('arn:aws:logs:') ? logsOfAccount : arn;
}

const document = ({ logicalId, properties }: Resource) =>
  compileDocument(properties['PolicyDocument'], 'to a resource', refusing(logicalId));

/** By what the policy names its resource with: name, ARN or URL. */
const arnOf = (policy: Resource, stack: Stack, type: string, given: string | undefined): string => {
  const found = stack
    .ofType(type)
    .find(({ ref, arn }) => given !== undefined && (given === ref || given === arn));
  if (found) return found.arn;
  throw new UnsupportedResource(policy, `it is on ${given ?? 'nothing'}, which the template does not have`);
};

const policies: Readonly<Record<string, PolicyType>> = {
  // Who may take the role on.
  'AWS::IAM::Role': {
    holders: ({ arn }) => [arn],
    statements: ({ logicalId, properties }) =>
      compileDocument(properties['AssumeRolePolicyDocument'], 'as trust', refusing(logicalId)),
  },
  'AWS::SQS::QueuePolicy': {
    holders: (policy, stack) =>
      texts(policy.properties, 'Queues').map((url) => arnOf(policy, stack, 'AWS::SQS::Queue', url)),
    statements: document,
  },
  'AWS::S3::BucketPolicy': {
    holders: (policy, stack) => [arnOf(policy, stack, 'AWS::S3::Bucket', text(policy.properties, 'Bucket'))],
    statements: document,
  },
  'AWS::Logs::ResourcePolicy': { holders: () => [logsOfAccount], statements: document },
  'AWS::Events::EventBusPolicy': {
    holders: ({ properties }, { region, accountId }) => [
      `arn:aws:events:${region}:${accountId}:event-bus/${nameInArn(text(properties, 'EventBusName') ?? 'default')}`,
    ],
    statements: ({ logicalId, properties }) =>
      compileDocument(
        { Version: '2012-10-17', Statement: properties['Statement'] },
        'to a resource',
        refusing(logicalId),
      ),
  },
  'AWS::Lambda::Permission': {
    holders: (policy, stack) => [
      arnOf(policy, stack, 'AWS::Lambda::Function', text(policy.properties, 'FunctionName')),
    ],
    statements: (policy) => [permission(policy)],
  },
};

/** Lambda makes a statement of it. */
function permission({ logicalId, properties }: Resource): Statement {
  const principal = text(properties, 'Principal') ?? '';
  const [source, account] = [text(properties, 'SourceArn'), text(properties, 'SourceAccount')];
  const statement = {
    Effect: 'Allow',
    Principal:
      principal === '*' ? '*' : { [principal.includes('amazonaws.com') ? 'Service' : 'AWS']: principal },
    Action: properties['Action'],
    Resource: '*',
    Condition: {
      ...(source !== undefined && { ArnLike: { 'aws:SourceArn': source } }),
      ...(account !== undefined && { StringEquals: { 'aws:SourceAccount': account } }),
    },
  };
  return compileStatement(statement, 'to a resource', refusing(logicalId));
}
