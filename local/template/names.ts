import { createHash } from 'node:crypto';
import type { Identity } from './resolve.ts';

export interface Naming {
  stackName: string;
  region: string;
  accountId: string;
  logicalId: string;
  /** A property of the resource, resolved. */
  property(name: string): unknown;
}

// One label for the life of a data directory: the template names the stream's ARN before the engine has made it.
export const streamLabel = '2026-01-01T00:00:00.000';

const digest = ({ stackName, logicalId }: Naming) =>
  createHash('sha256').update(`${stackName}/${logicalId}`).digest('hex');

const named = (naming: Naming, property: string): string => {
  const given = naming.property(property);
  return typeof given === 'string'
    ? given
    : `${naming.stackName}-${naming.logicalId}-${digest(naming).slice(0, 12).toUpperCase()}`;
};

const shortId = (naming: Naming) => digest(naming).slice(0, 10);

const uuid = (naming: Naming) => {
  const hex = digest(naming);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
};

const arn = ({ region, accountId }: Naming, service: string, resource: string) =>
  `arn:aws:${service}:${region}:${accountId}:${resource}`;

const withArn = (ref: string, arnOf: string, more: Record<string, unknown> = {}): Identity => ({
  ref,
  attributes: { Arn: arnOf, ...more },
});

const table = (naming: Naming): Identity => {
  const name = named(naming, 'TableName');
  const own = arn(naming, 'dynamodb', `table/${name}`);
  return withArn(name, own, { StreamArn: `${own}/stream/${streamLabel}` });
};

const identities: Record<string, (naming: Naming) => Identity> = {
  'AWS::DynamoDB::Table': table,
  'AWS::DynamoDB::GlobalTable': table,
  'AWS::Lambda::Function': (naming) => {
    const name = named(naming, 'FunctionName');
    return withArn(name, arn(naming, 'lambda', `function:${name}`));
  },
  'AWS::Lambda::EventSourceMapping': (naming) => {
    const id = uuid(naming);
    const own = arn(naming, 'lambda', `event-source-mapping:${id}`);
    return { ref: id, attributes: { Id: id, Arn: own, EventSourceMappingArn: own } };
  },
  'AWS::ApiGatewayV2::Api': (naming) => {
    const id = shortId(naming);
    return {
      ref: id,
      attributes: {
        ApiId: id,
        ApiEndpoint: `https://${id}.execute-api.${naming.region}.amazonaws.com`,
        Arn: `arn:aws:apigateway:${naming.region}::/apis/${id}`,
      },
    };
  },
  'AWS::ApiGatewayV2::Stage': (naming) => ({ ref: named(naming, 'StageName'), attributes: {} }),
  'AWS::ApiGatewayV2::Route': (naming) => ({
    ref: shortId(naming),
    attributes: { RouteId: shortId(naming) },
  }),
  'AWS::ApiGatewayV2::Integration': (naming) => ({
    ref: shortId(naming),
    attributes: { IntegrationId: shortId(naming) },
  }),
  'AWS::ApiGatewayV2::Authorizer': (naming) => ({
    ref: shortId(naming),
    attributes: { AuthorizerId: shortId(naming) },
  }),
  'AWS::Events::EventBus': (naming) => {
    const name = named(naming, 'Name');
    return withArn(name, arn(naming, 'events', `event-bus/${name}`), { Name: name });
  },
  'AWS::Events::Rule': (naming) => {
    const name = named(naming, 'Name');
    const given = naming.property('EventBusName');
    const bus = typeof given === 'string' ? given.replace(/^.*event-bus\//, '') : 'default';
    return bus === 'default'
      ? withArn(name, arn(naming, 'events', `rule/${name}`))
      : withArn(`${bus}|${name}`, arn(naming, 'events', `rule/${bus}/${name}`));
  },
  'AWS::Events::Archive': (naming) => {
    const name = named(naming, 'ArchiveName');
    return withArn(name, arn(naming, 'events', `archive/${name}`), { ArchiveName: name });
  },
  'AWS::SQS::Queue': (naming) => {
    const name = named(naming, 'QueueName');
    const url = `https://sqs.${naming.region}.amazonaws.com/${naming.accountId}/${name}`;
    return withArn(url, arn(naming, 'sqs', name), { QueueName: name, QueueUrl: url });
  },
  'AWS::SNS::Topic': (naming) => {
    const name = named(naming, 'TopicName');
    const own = arn(naming, 'sns', name);
    return { ref: own, attributes: { Arn: own, TopicArn: own, TopicName: name } };
  },
  'AWS::S3::Bucket': (naming) => {
    const name = named(naming, 'BucketName').toLowerCase();
    return withArn(name, `arn:aws:s3:::${name}`, {
      DomainName: `${name}.s3.amazonaws.com`,
      RegionalDomainName: `${name}.s3.${naming.region}.amazonaws.com`,
    });
  },
  'AWS::Logs::LogGroup': (naming) => {
    const name = named(naming, 'LogGroupName');
    return withArn(name, `${arn(naming, 'logs', `log-group:${name}`)}:*`);
  },
  'AWS::IAM::Role': (naming) => {
    const name = named(naming, 'RoleName');
    return withArn(name, `arn:aws:iam::${naming.accountId}:role/${name}`, {
      RoleId: `AROA${shortId(naming)}`,
    });
  },
  'AWS::IAM::ManagedPolicy': (naming) => {
    const own = `arn:aws:iam::${naming.accountId}:policy/${named(naming, 'ManagedPolicyName')}`;
    return { ref: own, attributes: { Arn: own, PolicyArn: own } };
  },
  'AWS::KMS::Key': (naming) => {
    const id = uuid(naming);
    return withArn(id, arn(naming, 'kms', `key/${id}`), { KeyId: id });
  },
  'AWS::Cognito::UserPool': (naming) => {
    const id = `${naming.region}_${shortId(naming).slice(0, 9)}`;
    const provider = `cognito-idp.${naming.region}.amazonaws.com/${id}`;
    return withArn(id, arn(naming, 'cognito-idp', `userpool/${id}`), {
      UserPoolId: id,
      ProviderName: provider,
      ProviderURL: `https://${provider}`,
    });
  },
  'AWS::SecretsManager::Secret': (naming) => {
    const own = arn(
      naming,
      'secretsmanager',
      `secret:${named(naming, 'Name')}-${shortId(naming).slice(0, 6)}`,
    );
    return { ref: own, attributes: { Arn: own, Id: own } };
  },
  'AWS::CloudWatch::Alarm': (naming) => {
    const name = named(naming, 'AlarmName');
    return withArn(name, arn(naming, 'cloudwatch', `alarm:${name}`));
  },
  'AWS::CloudWatch::CompositeAlarm': (naming) => {
    const name = named(naming, 'AlarmName');
    return withArn(name, arn(naming, 'cloudwatch', `alarm:${name}`));
  },
  'AWS::CloudWatch::Dashboard': (naming) => ({ ref: named(naming, 'DashboardName'), attributes: {} }),
};

/** What `Ref` and `Fn::GetAtt` give for a resource, in AWS's forms. */
export const identify = (type: string, naming: Naming): Identity =>
  identities[type]?.(naming) ?? { ref: named(naming, 'Name'), attributes: {} };
