import { stageNamed } from '../../infra/stages.ts';
import { DOCS_ROUTES } from '../../src/adapters/api-gateway/docs-routes.ts';
import { synthesized } from './synthesized.ts';

interface Joined {
  'Fn::Join': [string, [string, { Ref: string }]];
}

const template = synthesized();
const routes = template.ofType('AWS::ApiGatewayV2::Route').map(({ properties }) => properties);
const keysWhere = (type: string) =>
  routes.filter((route) => (route['AuthorizationType'] ?? 'NONE') === type).map((route) => route['RouteKey']);

describe('given the routes of the API', () => {
  test('then all of orders and users ask for a token', () => {
    expect(keysWhere('JWT').sort()).toEqual([
      'DELETE /customers/{customerId}/orders/{orderId}',
      'DELETE /users/{userId}',
      'GET /customers/{customerId}/orders',
      'GET /customers/{customerId}/orders/{orderId}',
      'GET /customers/{customerId}/orders/{orderId}/history',
      'GET /orders',
      'GET /orders/{orderId}',
      'GET /users',
      'GET /users/{userId}',
      'PATCH /customers/{customerId}/orders/{orderId}',
      'PATCH /users/{userId}',
      'POST /customers/{customerId}/orders',
      'POST /customers/{customerId}/orders/{orderId}/cancel',
      'POST /customers/{customerId}/orders/{orderId}/confirm',
      'POST /customers/{customerId}/orders/{orderId}/deliver',
      'POST /customers/{customerId}/orders/{orderId}/restore',
      'POST /customers/{customerId}/orders/{orderId}/ship',
      'PUT /customers/{customerId}/orders/{orderId}',
      'PUT /users/{userId}',
    ]);
  });

  test('then only the health check, the documentation and what no route matches are open', () => {
    expect(keysWhere('NONE').sort()).toEqual(['$default', 'GET /health', ...DOCS_ROUTES].sort());
  });

  test('then the documentation is of orders-docs, and all the rest of orders-api', () => {
    const integrations = template.ofType('AWS::ApiGatewayV2::Integration');
    const functionOf = Object.fromEntries(
      integrations.map(({ id, properties }) => [id, template.text(properties['IntegrationUri'])]),
    );
    expect(Object.values(functionOf).sort()).toEqual(['orders-api.Arn', 'orders-docs.Arn']);
    for (const { properties } of integrations) {
      expect(properties).toMatchObject({ IntegrationType: 'AWS_PROXY', PayloadFormatVersion: '2.0' });
    }
    for (const { RouteKey, Target } of routes as { RouteKey: string; Target: Joined }[]) {
      const [, [, { Ref: integration }]] = Target['Fn::Join'];
      const expected = DOCS_ROUTES.includes(RouteKey) ? 'orders-docs.Arn' : 'orders-api.Arn';
      expect([RouteKey, functionOf[integration]]).toEqual([RouteKey, expected]);
    }
  });

  test.each([
    // The ARN of $default is STAGE/$default, that of any other route STAGE/METHOD/PATH.
    ['orders-api', ['*/$default', '*/*/*']],
    ['orders-docs', ['*/*/*']],
  ])('then only this API may call %s by them', (name, routesOf) => {
    const sources = template
      .ofType('AWS::Lambda::Permission')
      .map(({ properties }) => properties)
      .filter(({ Principal }) => Principal === 'apigateway.amazonaws.com')
      .filter(({ FunctionName }) => template.text(FunctionName) === `${name}.Arn`)
      .map(({ SourceArn }) => template.text(SourceArn));
    const api = 'arn:AWS::Partition:execute-api:AWS::Region:AWS::AccountId:orders';
    expect([...new Set(sources)].sort()).toEqual(routesOf.map((route) => `${api}/${route}`));
  });
});

describe('given the authorizer', () => {
  const [authorizer] = template.ofType('AWS::ApiGatewayV2::Authorizer');

  test('then issuer and audience come with the deployment, not with the template', () => {
    expect(authorizer!.properties['JwtConfiguration']).toEqual({
      Issuer: { Ref: 'JwtIssuer' },
      Audience: [{ Ref: 'JwtAudience' }],
    });
    const { JwtIssuer, JwtAudience } = template.json.Parameters ?? {};
    expect(JwtIssuer).not.toHaveProperty('Default');
    expect(JwtAudience).toMatchObject({ Default: 'orders-api' });
  });

  test('then every route that asks for a token asks this one', () => {
    const asked = routes
      .filter((route) => route['AuthorizationType'] === 'JWT')
      .map((route) => route['AuthorizerId']);
    expect(asked).toEqual(asked.map(() => ({ Ref: authorizer!.id })));
  });
});

describe('given the stage of the API', () => {
  const [stage] = template.ofType('AWS::ApiGatewayV2::Stage');
  const { AccessLogSettings } = stage!.properties as {
    AccessLogSettings: { DestinationArn: unknown; Format: string };
  };

  test('then requests are throttled', () => {
    expect(stage!.properties['DefaultRouteSettings']).toEqual({
      ThrottlingRateLimit: 1_000,
      ThrottlingBurstLimit: 2_000,
    });
  });

  test('then the list that reads all shards and the documentation are throttled by themselves, once their routes are there', () => {
    const throttled = ['GET /orders', ...DOCS_ROUTES];
    const limit = { ThrottlingRateLimit: 50, ThrottlingBurstLimit: 100 };
    expect(stage!.properties['RouteSettings']).toEqual(
      Object.fromEntries(throttled.map((routeKey) => [routeKey, limit])),
    );
    const ids = template
      .ofType('AWS::ApiGatewayV2::Route')
      .filter(({ properties }) => throttled.includes(String(properties['RouteKey'])))
      .map(({ id }) => id);
    const { DependsOn } = template.json.Resources[stage!.id] as { DependsOn?: string[] };
    expect(DependsOn).toEqual(expect.arrayContaining(ids));
  });

  test('then the access log is JSON and says nothing of caller, path, query or token', () => {
    expect(template.text(AccessLogSettings.DestinationArn)).toBe('/aws/vendedlogs/orders-api-access.Arn');
    expect(Object.values(JSON.parse(AccessLogSettings.Format) as object).sort()).toEqual([
      '$context.error.responseType',
      '$context.integrationLatency',
      '$context.integrationStatus',
      '$context.requestId',
      '$context.requestTime',
      '$context.responseLatency',
      '$context.responseLength',
      '$context.routeKey',
      '$context.status',
    ]);
  });
});

describe('given pages of other origins', () => {
  const api = (corsOrigins: string[]) =>
    synthesized({ ...stageNamed('dev'), corsOrigins }).ofType('AWS::ApiGatewayV2::Api')[0]!.properties;

  test('when a stage lists none, then none may call the API', () => {
    expect(api([])['CorsConfiguration']).toBeUndefined();
  });

  test('when a stage lists one, then that one may, without credentials', () => {
    const cors = api(['https://shop.example'])['CorsConfiguration'];
    expect(cors).toMatchObject({
      AllowOrigins: ['https://shop.example'],
      AllowHeaders: expect.arrayContaining(['authorization', 'if-match', 'idempotency-key']) as string[],
    });
    expect(cors).not.toHaveProperty('AllowCredentials');
  });
});
