import { Stack } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  type CfnStage,
  CorsHttpMethod,
  HttpApi,
  HttpMethod,
  HttpRoute,
  HttpRouteKey,
  HttpStage,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import { StageLogGroup } from './log-group.ts';
import type { Stage, Throttle } from './stages.ts';

const { GET, HEAD, POST, PUT, PATCH, DELETE } = HttpMethod;
const ORDERS = '/customers/{customerId}/orders';
const ORDER = `${ORDERS}/{orderId}`;

const AUTHORIZED_ROUTES = [
  { path: ORDERS, methods: [GET, POST] },
  { path: ORDER, methods: [GET, PUT, PATCH, DELETE] },
  ...['confirm', 'ship', 'deliver', 'cancel', 'restore'].map((command) => ({
    path: `${ORDER}/${command}`,
    methods: [POST],
  })),
  { path: `${ORDER}/history`, methods: [GET] },
  { path: '/orders', methods: [GET] },
  { path: '/orders/{orderId}', methods: [GET] },
  { path: '/users', methods: [GET] },
  { path: '/users/{userId}', methods: [GET, PUT, PATCH, DELETE] },
];

const SHARDED_LIST = 'GET /orders';
const DOCS = ['/openapi.json', '/docs', '/docs/{file}'];

// The route, not the path: a path names the customer.
const ACCESS_LOG = {
  requestId: '$context.requestId',
  requestTime: '$context.requestTime',
  routeKey: '$context.routeKey',
  status: '$context.status',
  responseLength: '$context.responseLength',
  responseLatency: '$context.responseLatency',
  integrationLatency: '$context.integrationLatency',
  integrationStatus: '$context.integrationStatus',
  errorType: '$context.error.responseType',
};

export interface OrdersHttpApiProps {
  stage: Stage;
  handler: IFunction;
  docs: IFunction;
  issuer: string;
  audience: string;
}

export class OrdersHttpApi extends Construct {
  readonly api: HttpApi;
  readonly url: string;

  constructor(scope: Construct, id: string, { stage, handler, docs, issuer, audience }: OrdersHttpApiProps) {
    super(scope, id);

    this.api = new HttpApi(this, 'Api', {
      apiName: 'orders',
      createDefaultStage: false,
      ...(stage.corsOrigins.length > 0 && { corsPreflight: crossOrigin(stage.corsOrigins) }),
    });
    const integration = new HttpLambdaIntegration('Integration', handler, { scopePermissionToRoute: false });
    const docsIntegration = new HttpLambdaIntegration('Docs', docs, { scopePermissionToRoute: false });
    const authorizer = new HttpJwtAuthorizer('Jwt', issuer, {
      authorizerName: 'orders-jwt',
      jwtAudience: [audience],
    });

    const routes = AUTHORIZED_ROUTES.flatMap((route) =>
      this.api.addRoutes({ ...route, integration, authorizer }),
    );
    const open = this.api.addRoutes({ path: '/health', methods: [GET], integration });
    for (const route of open) {
      acknowledge(route, { 'AwsSolutions-APIG4': 'It says that the function runs, and nothing of orders.' });
    }
    const docsRoutes = DOCS.flatMap((path) =>
      this.api.addRoutes({ path, methods: [GET, HEAD], integration: docsIntegration }),
    );
    for (const route of docsRoutes) {
      acknowledge(route, { 'AwsSolutions-APIG4': 'The documentation of the API, the same for everybody.' });
    }
    // What no route matches is answered by the function too, with a 404 or 405 in the form of its other errors.
    const unrouted = new HttpRoute(this, 'Default', {
      httpApi: this.api,
      routeKey: HttpRouteKey.DEFAULT,
      integration,
    });
    acknowledge(unrouted, { 'AwsSolutions-APIG4': 'It answers only that there is no such path or method.' });
    // The permission that the integration makes, for API/*/*/*, does not fit this route: its ARN is a part shorter.
    handler.addPermission('FromDefaultRoute', {
      principal: new ServicePrincipal('apigateway.amazonaws.com'),
      sourceArn: Stack.of(this).formatArn({
        service: 'execute-api',
        resource: this.api.apiId,
        resourceName: '*/$default',
      }),
    });

    const httpStage = new HttpStage(this, 'Stage', {
      httpApi: this.api,
      autoDeploy: true,
      throttle: { rateLimit: stage.throttle.requestsPerSecond, burstLimit: stage.throttle.burst },
      accessLogSettings: {
        destination: new LogGroupLogDestination(
          new StageLogGroup(this, 'AccessLogs', '/aws/vendedlogs/orders-api-access', stage),
        ),
        format: AccessLogFormat.custom(JSON.stringify(ACCESS_LOG)),
      },
    });
    (httpStage.node.defaultChild as CfnStage).routeSettings = {
      [SHARDED_LIST]: routeThrottle(stage.shardedThrottle),
      ...Object.fromEntries(
        DOCS.flatMap((path) =>
          [GET, HEAD].map((method) => [`${method} ${path}`, routeThrottle(stage.docsThrottle)]),
        ),
      ),
    };
    // A stage with settings for a route that is not there yet is refused.
    httpStage.node.addDependency(...routes, ...docsRoutes);
    this.url = httpStage.url;
  }
}

const routeThrottle = ({ requestsPerSecond, burst }: Throttle) => ({
  ThrottlingRateLimit: requestsPerSecond,
  ThrottlingBurstLimit: burst,
});

const crossOrigin = (allowOrigins: readonly string[]) => ({
  allowOrigins: [...allowOrigins],
  allowMethods: [GET, POST, PUT, PATCH, DELETE].map((method) => CorsHttpMethod[method]),
  allowHeaders: [
    'authorization',
    'content-type',
    'if-match',
    'if-none-match',
    'idempotency-key',
    'x-correlation-id',
    'traceparent',
  ],
  exposeHeaders: ['etag', 'idempotency-replayed', 'link', 'location', 'retry-after', 'x-correlation-id'],
});
