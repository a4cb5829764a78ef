import { stageNamed } from '../../infra/stages.ts';
import { synthesized } from './synthesized.ts';

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

  test('then only the health check and what no route matches are open', () => {
    expect(keysWhere('NONE').sort()).toEqual(['$default', 'GET /health']);
  });

  test('then one integration hands all of them to orders-api, which only this API may call', () => {
    const integrations = template.ofType('AWS::ApiGatewayV2::Integration');
    expect(integrations).toHaveLength(1);
    expect(integrations[0]!.properties).toMatchObject({
      IntegrationType: 'AWS_PROXY',
      PayloadFormatVersion: '2.0',
    });
    expect(template.text(integrations[0]!.properties['IntegrationUri'])).toBe('orders-api.Arn');
    const target = { 'Fn::Join': ['', ['integrations/', { Ref: integrations[0]!.id }]] };
    expect(routes.map((route) => route['Target'])).toEqual(routes.map(() => target));

    const permissions = template
      .ofType('AWS::Lambda::Permission')
      .filter(({ properties }) => properties['Principal'] === 'apigateway.amazonaws.com');
    expect(permissions).toHaveLength(1);
    expect(template.text(permissions[0]!.properties['FunctionName'])).toBe('orders-api.Arn');
    expect(template.text(permissions[0]!.properties['SourceArn'])).toBe(
      'arn:AWS::Partition:execute-api:AWS::Region:AWS::AccountId:orders/*/*/*',
    );
  });
});

describe('given the authorizer', () => {
  const [authorizer] = template.ofType('AWS::ApiGatewayV2::Authorizer');

  test('then issuer and audience come with the deployment, not with the template', () => {
    expect(authorizer!.properties['JwtConfiguration']).toEqual({
      Issuer: { Ref: 'JwtIssuer' },
      Audience: [{ Ref: 'JwtAudience' }],
    });
    const { JwtIssuer, JwtAudience } = template.json.Parameters;
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

  test('then the list that reads all shards is throttled by itself, once its route is there', () => {
    expect(stage!.properties['RouteSettings']).toEqual({
      'GET /orders': { ThrottlingRateLimit: 50, ThrottlingBurstLimit: 100 },
    });
    const list = template
      .ofType('AWS::ApiGatewayV2::Route')
      .find(({ properties }) => properties['RouteKey'] === 'GET /orders');
    const { DependsOn } = template.json.Resources[stage!.id] as { DependsOn?: string[] };
    expect(DependsOn).toContain(list!.id);
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
