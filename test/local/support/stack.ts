import type { Resource, Stack } from '../../../local/parts.ts';

const region = 'eu-central-1';
const accountId = '000000000000';

type Given = { type: string; name: string; properties?: Record<string, unknown>; logicalId?: string };

const arnOf: Record<string, (name: string, properties: Record<string, unknown>) => string> = {
  'AWS::SQS::Queue': (name) => queueArn(name),
  'AWS::Lambda::Function': (name) => functionArn(name),
  'AWS::Events::EventBus': (name) => busArn(name),
  'AWS::Events::Archive': (name) => `arn:aws:events:${region}:${accountId}:archive/${name}`,
  'AWS::Events::Rule': (name, { EventBusName: bus }) =>
    `arn:aws:events:${region}:${accountId}:rule/${typeof bus === 'string' ? `${bus}/` : ''}${name}`,
  'AWS::SecretsManager::Secret': (name) => secretArn(name),
  'AWS::S3::Bucket': (name) => `arn:aws:s3:::${name}`,
};

export const queueArn = (name: string) => `arn:aws:sqs:${region}:${accountId}:${name}`;
export const functionArn = (name: string) => `arn:aws:lambda:${region}:${accountId}:function:${name}`;
export const busArn = (name: string) => `arn:aws:events:${region}:${accountId}:event-bus/${name}`;
export const secretArn = (name: string) =>
  `arn:aws:secretsmanager:${region}:${accountId}:secret:${name}-aB3dE6`;
export const logGroupArn = (name: string) => `arn:aws:logs:${region}:${accountId}:log-group:${name}`;

/** A stack as the template reading would give it. */
export function stackOf(given: readonly Given[]): Stack {
  const resources = given.map(({ type, name, properties = {}, logicalId = name }): Resource => ({
    logicalId,
    type,
    properties,
    ref: name,
    arn: arnOf[type]?.(name, properties) ?? '',
  }));
  return {
    name: 'Test',
    region,
    accountId,
    resources,
    ofType: (type) => resources.filter((resource) => resource.type === type),
    byArn: (arn) => resources.find((resource) => resource.arn === arn),
    outputs: {},
  };
}

export const queue = (name: string, properties: Record<string, unknown> = {}): Given => ({
  type: 'AWS::SQS::Queue',
  name,
  properties,
});

export const bus = (name: string): Given => ({ type: 'AWS::Events::EventBus', name });

export const archive = (name: string, eventBus: string, pattern?: unknown): Given => ({
  type: 'AWS::Events::Archive',
  name,
  properties: { SourceArn: busArn(eventBus), ...(pattern !== undefined && { EventPattern: pattern }) },
});

export const lambda = (name: string, properties: Record<string, unknown> = {}): Given => ({
  type: 'AWS::Lambda::Function',
  name,
  properties,
});

export const mapping = (name: string, properties: Record<string, unknown>): Given => ({
  type: 'AWS::Lambda::EventSourceMapping',
  name,
  properties: { EventSourceArn: 'arn:stream', StartingPosition: 'TRIM_HORIZON', ...properties },
});

export const secret = (name: string, properties: Record<string, unknown> = {}): Given => ({
  type: 'AWS::SecretsManager::Secret',
  name,
  properties,
});

export const bucket = (name: string, properties: Record<string, unknown> = {}): Given => ({
  type: 'AWS::S3::Bucket',
  name,
  properties,
});

export const rule = (
  name: string,
  eventBus: string,
  pattern: unknown,
  targets: Record<string, unknown>[],
  more: Record<string, unknown> = {},
): Given => ({
  type: 'AWS::Events::Rule',
  name,
  properties: {
    EventBusName: eventBus,
    EventPattern: pattern,
    State: 'ENABLED',
    Targets: targets.map((target, index) => ({ Id: `Target${index}`, ...target })),
    ...more,
  },
});

/** An HTTP API whose routes all lead to the function. */
export function httpApi(
  routes: Record<string, Record<string, unknown>>,
  { functionName = 'api', api = {}, stage = {}, integration = {}, authorizer = {} } = {},
): Given[] {
  return [
    { type: 'AWS::ApiGatewayV2::Api', name: 'api1', properties: { ProtocolType: 'HTTP', ...api } },
    {
      type: 'AWS::ApiGatewayV2::Stage',
      name: '$default',
      properties: { ApiId: 'api1', StageName: '$default', ...stage },
    },
    {
      type: 'AWS::ApiGatewayV2::Integration',
      name: 'integration1',
      properties: {
        ApiId: 'api1',
        IntegrationType: 'AWS_PROXY',
        IntegrationUri: functionArn(functionName),
        PayloadFormatVersion: '2.0',
        ...integration,
      },
    },
    {
      type: 'AWS::ApiGatewayV2::Authorizer',
      name: 'authorizer1',
      properties: {
        ApiId: 'api1',
        AuthorizerType: 'JWT',
        IdentitySource: ['$request.header.Authorization'],
        ...authorizer,
      },
    },
    ...Object.entries(routes).map(([key, properties], index) => ({
      type: 'AWS::ApiGatewayV2::Route',
      name: `route${index}`,
      properties: { ApiId: 'api1', RouteKey: key, Target: 'integrations/integration1', ...properties },
    })),
  ];
}

export const withJwt = (...scopes: string[]) => ({
  AuthorizationType: 'JWT',
  AuthorizerId: 'authorizer1',
  ...(scopes.length > 0 && { AuthorizationScopes: scopes }),
});
