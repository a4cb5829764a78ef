import { readStack } from '../../local/template/stack.ts';
import type { Template } from '../../local/template/assembly.ts';
import { stageFrom } from '../../infra/settings.ts';
import type { Stage } from '../../infra/stages.ts';
import { allStatements, lines, statementsOfFunction } from './statements.ts';
import { nameOf, synthesized } from './synthesized.ts';

const ACCOUNT = '111122223333';
const place = { account: ACCOUNT, region: 'eu-central-1' };
const busIn = (account: string) => `arn:aws:events:eu-central-1:${account}:event-bus/company`;
const layer = `arn:aws:lambda:eu-central-1:${ACCOUNT}:layer:aws-otel-nodejs-arm64:1`;

const templates = {
  dev: synthesized(stageFrom({})),
  prod: synthesized(stageFrom({ stage: 'prod' })),
  'a bus that is there': synthesized(stageFrom({ stage: 'prod', ...place, eventBusArn: busIn(ACCOUNT) })),
  'a bus of another account': synthesized(
    stageFrom({ stage: 'prod', ...place, eventBusArn: busIn('444455556666') }),
  ),
  'a user pool': synthesized(
    stageFrom({ identity: 'cognito', callbackUrls: 'https://shop.example/back', tracing: 'xray' }),
  ),
  'a user pool of prod, traced by OpenTelemetry': synthesized(
    stageFrom({ stage: 'prod', identity: 'cognito', tracing: 'adot', adotLayerArn: layer }),
  ),
};

describe.each(Object.entries(templates))('given %s', (_, { json }) => {
  test('then the local runtime knows every type, property and intrinsic of it', () => {
    const template = structuredClone(json) as unknown as Template;
    for (const { Type, Properties } of Object.values(template.Resources)) {
      if (Type === 'AWS::Lambda::Function') Properties!['Code'] = { S3Bucket: 'assets', S3Key: 'code' };
    }
    const parameters = { JwtIssuer: 'http://127.0.0.1:3000/_issuer' };
    const { stack } = readStack({ stackName: 'Orders', template, assets: new Map() }, { parameters });
    expect(stack.outputs['DashboardUrl']).toMatch(
      /^https:\/\/\S+\.console\.aws\.amazon\.com\/cloudwatch\/home\?region=\S+#dashboards\/dashboard\/Orders$/,
    );
  });
});

describe('given a bus of the same account and region', () => {
  const template = templates['a bus that is there'];

  test('then there is no other, our rules and archive stand on it, and our functions publish to it', () => {
    expect(template.ofType('AWS::Events::EventBus')).toEqual([]);
    const rules = template
      .ofType('AWS::Events::Rule')
      .filter(({ properties }) => properties['ScheduleExpression'] === undefined);
    expect(rules.map(({ properties }) => properties['EventBusName'])).toEqual(rules.map(() => 'company'));
    expect(template.ofType('AWS::Events::Archive')[0]!.properties['SourceArn']).toBe(busIn(ACCOUNT));
    for (const name of ['orders-stream-reader', 'orders-reconciler']) {
      const { Variables } = template.named(name, 'AWS::Lambda::Function').properties['Environment'] as {
        Variables: Record<string, unknown>;
      };
      expect(Variables['EVENT_BUS_ARN']).toBe(busIn(ACCOUNT));
      const puts = lines(template, statementsOfFunction(template, name)).filter((line) =>
        /^events:/.test(line),
      );
      expect(puts).toEqual([`events:PutEvents on ${busIn(ACCOUNT)}`]);
    }
  });

  test('then our key encrypts its events in the archive', () => {
    expect(JSON.stringify(template.ofType('AWS::KMS::Key'))).toContain(
      JSON.stringify({ 'kms:EncryptionContext:aws:events:event-bus:arn': busIn(ACCOUNT) }),
    );
  });
});

describe('given a bus of another account', () => {
  const template = templates['a bus of another account'];

  test('then our own stays, and a rule hands every event on, with a dead-letter queue', () => {
    expect(template.ofType('AWS::Events::EventBus').map(nameOf)).toEqual(['orders']);
    const { properties } = template.named('orders-forwarding', 'AWS::Events::Rule');
    expect(properties['EventPattern']).toEqual(
      template.named('order-notifications', 'AWS::Events::Rule').properties['EventPattern'],
    );
    const [{ Arn, DeadLetterConfig, RetryPolicy }] = properties['Targets'] as [
      { Arn: string; DeadLetterConfig: { Arn: unknown }; RetryPolicy?: unknown },
    ];
    expect(Arn).toBe(busIn('444455556666'));
    expect(template.text(DeadLetterConfig.Arn)).toBe('orders-forwarding-dlq.Arn');
    expect(RetryPolicy).toEqual({ MaximumRetryAttempts: 185, MaximumEventAgeInSeconds: 86_400 });
  });

  test('then the role of the rule may put events on that bus, and do nothing else', () => {
    const onBus = lines(
      template,
      allStatements(template).filter(({ Resource }) =>
        JSON.stringify(Resource ?? '').includes('444455556666'),
      ),
    );
    expect(onBus).toEqual([`events:PutEvents on ${busIn('444455556666')}`]);
  });

  test('then an alarm tells of what could not be handed on', () => {
    const alarms = template.ofType('AWS::CloudWatch::Alarm').map(nameOf);
    expect(alarms.filter((name) => name.startsWith('orders-forwarding'))).not.toEqual([]);
  });
});

describe('given a user pool', () => {
  const template = templates['a user pool'];
  const only = (type: string) => template.ofType(type)[0]!.properties;

  test('then the authorizer trusts its tokens, and deployment asks for no issuer', () => {
    const { Issuer, Audience } = only('AWS::ApiGatewayV2::Authorizer')['JwtConfiguration'] as {
      Issuer: unknown;
      Audience: unknown[];
    };
    expect(template.text(Issuer)).toBe('AWS::Cognito::UserPool.ProviderURL');
    expect(Audience.map(template.text)).toEqual(['AWS::Cognito::UserPoolClient']);
    expect(template.json.Parameters ?? {}).not.toHaveProperty('JwtIssuer');
    expect(Object.keys(template.json.Outputs)).toEqual(
      expect.arrayContaining(['UserPoolId', 'UserPoolClientId']),
    );
  });

  test('then its scopes are those of the API, and a function says who gets which', () => {
    const { Identifier, Scopes } = only('AWS::Cognito::UserPoolResourceServer') as {
      Identifier: string;
      Scopes: { ScopeName: string }[];
    };
    expect(Scopes.map(({ ScopeName }) => `${Identifier}/${ScopeName}`)).toEqual([
      'orders/customer',
      'orders/staff',
      'orders/admin',
    ]);
    expect(only('AWS::Cognito::UserPool')['LambdaConfig']).toMatchObject({
      PreTokenGenerationConfig: { LambdaVersion: 'V2_0' },
    });
    const [permission] = template
      .ofType('AWS::Lambda::Permission')
      .filter(({ properties }) => properties['Principal'] === 'cognito-idp.amazonaws.com');
    expect(template.text(permission!.properties['SourceArn'])).toBe('AWS::Cognito::UserPool.Arn');
  });

  test('then nobody signs himself up, or says whose orders he may see', () => {
    expect(only('AWS::Cognito::UserPool')).toMatchObject({
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
    });
    const { WriteAttributes } = only('AWS::Cognito::UserPoolClient') as { WriteAttributes: string[] };
    expect(WriteAttributes).toEqual(['email']);
  });

  test('then the pool of prod asks for a second factor, watches for attacks and cannot be deleted', () => {
    const [pool] = templates['a user pool of prod, traced by OpenTelemetry'].ofType('AWS::Cognito::UserPool');
    expect(pool!.deletionPolicy).toBe('Retain');
    expect(pool!.properties).toMatchObject({
      MfaConfiguration: 'ON',
      EnabledMfas: ['SOFTWARE_TOKEN_MFA'],
      UserPoolAddOns: { AdvancedSecurityMode: 'ENFORCED' },
      DeletionProtection: 'ACTIVE',
    });
  });
});

describe('given tracing', () => {
  const functions = (choice: keyof typeof templates) =>
    templates[choice].ofType('AWS::Lambda::Function').map(({ properties }) => properties);
  const traces = (choice: keyof typeof templates) =>
    allStatements(templates[choice]).filter(({ Action }) => String(Action).includes('xray:'));

  test('when a stage has none, then no function is traced, nor may send traces', () => {
    expect(functions('dev').filter((each) => 'TracingConfig' in each || 'Layers' in each)).toEqual([]);
    expect(traces('dev')).toEqual([]);
  });

  test('when it is by X-Ray, then each function is traced, and may send traces, by no code of its own', () => {
    expect(functions('prod').map(({ TracingConfig }) => TracingConfig)).toEqual(
      functions('prod').map(() => ({ Mode: 'Active' })),
    );
    expect(functions('prod').filter((each) => 'Layers' in each)).toEqual([]);
    expect(traces('prod')).toHaveLength(functions('prod').length);
  });

  test('when it is by OpenTelemetry, then each has the layer of the settings, and its wrapper', () => {
    const traced = functions('a user pool of prod, traced by OpenTelemetry');
    for (const properties of traced) {
      expect(properties).toMatchObject({
        TracingConfig: { Mode: 'Active' },
        Layers: [layer],
        Environment: { Variables: { AWS_LAMBDA_EXEC_WRAPPER: '/opt/otel-handler' } },
      });
    }
    expect(traces('a user pool of prod, traced by OpenTelemetry')).toHaveLength(traced.length);
  });
});

describe('given the settings of prod', () => {
  const { json, ofType } = templates.prod;

  test('then every function has copies of its own, and leaves a hundred of the account to others', () => {
    const kept = ofType('AWS::Lambda::Function').map(({ properties }) =>
      Number(properties['ReservedConcurrentExecutions']),
    );
    expect(kept.every((copies) => copies > 0)).toBe(true);
    expect(kept.reduce((sum, copies) => sum + copies, 0)).toBeLessThanOrEqual(900);
  });

  test('then each resource that takes tags says service and stage', () => {
    const tagged = Object.values(json.Resources).flatMap(({ Properties }) =>
      Properties?.['Tags'] ? [Properties['Tags']] : [],
    );
    expect(tagged.length).toBeGreaterThan(20);
    const asRecord = (tags: unknown) =>
      Array.isArray(tags)
        ? Object.fromEntries((tags as { Key: string; Value: string }[]).map(({ Key, Value }) => [Key, Value]))
        : tags;
    for (const tags of tagged) expect(asRecord(tags)).toEqual({ service: 'orders', stage: 'prod' });
  });

  test('then the tags of the settings are added', () => {
    const stage: Stage = stageFrom({ tags: '{"team": "shop"}' });
    const [bus] = synthesized(stage).ofType('AWS::Events::EventBus');
    expect(bus!.properties['Tags']).toContainEqual({ Key: 'team', Value: 'shop' });
  });
});
