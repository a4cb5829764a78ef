import type { Resource, Stack } from '../parts.ts';
import { byRef, numeric, record, text, texts, UnsupportedResource, type Properties } from '../properties.ts';
import { parseRouteKey, type RoutePattern } from './routes.ts';

export interface JwtAuthorizer {
  issuer: string;
  audience: string[];
  /** The header that carries the token, lower-cased. */
  header: string;
}

export interface Throttling {
  ratePerSecond: number;
  burst: number;
}

export interface Route {
  key: string;
  /** As permissions to invoke its function name it. */
  arn: string;
  pattern: RoutePattern;
  functionArn: string;
  timeoutMs: number;
  authorizer?: JwtAuthorizer;
  scopes: string[];
  throttling?: Throttling;
}

export interface Cors {
  origins: string[];
  methods: string[];
  headers: string[];
  exposed: string[];
  maxAge?: number;
  credentials: boolean;
}

export interface HttpApi {
  id: string;
  stage: string;
  stageVariables: Record<string, string>;
  routes: Route[];
  cors?: Cors;
  accessLog?: { group: string; format: string };
}

/** Undefined when the template has no HTTP API. */
export function readApi(stack: Stack): HttpApi | undefined {
  const [api, second] = stack.ofType('AWS::ApiGatewayV2::Api');
  if (!api) return undefined;
  if (second) throw new UnsupportedResource(second, 'one HTTP API is served; this is the second');
  if (text(api.properties, 'ProtocolType') !== 'HTTP')
    throw new UnsupportedResource(api, 'only HTTP APIs are served');
  const stage = stack
    .ofType('AWS::ApiGatewayV2::Stage')
    .find(({ properties }) => properties['ApiId'] === api.ref);
  const settings = stage?.properties ?? {};
  const cors = record(api.properties, 'CorsConfiguration');
  const log = record(settings, 'AccessLogSettings');
  return {
    id: api.ref,
    stage: text(settings, 'StageName') ?? '$default',
    stageVariables: (record(settings, 'StageVariables') ?? {}) as Record<string, string>,
    routes: stack
      .ofType('AWS::ApiGatewayV2::Route')
      .filter(({ properties }) => properties['ApiId'] === api.ref)
      .map((route) => readRoute(stack, route, settings)),
    ...(cors && { cors: readCors(cors) }),
    ...(log && { accessLog: readAccessLog(log) }),
  };
}

function readRoute(stack: Stack, route: Resource, stage: Properties): Route {
  const key = text(route.properties, 'RouteKey') ?? '$default';
  const target = text(route.properties, 'Target')?.replace(/^integrations\//, '');
  const integration = byRef(stack, 'AWS::ApiGatewayV2::Integration', target);
  if (!integration) throw new UnsupportedResource(route, `its target ${target ?? ''} is not an integration`);
  const { properties } = integration;
  if (
    text(properties, 'IntegrationType') !== 'AWS_PROXY' ||
    text(properties, 'PayloadFormatVersion') !== '2.0'
  ) {
    throw new UnsupportedResource(
      integration,
      'only AWS_PROXY to a function with payload format 2.0 is served',
    );
  }
  const authorizer = readAuthorizer(stack, route);
  const throttling = readThrottling(key, stage);
  return {
    key,
    arn: routeArn(stack, text(route.properties, 'ApiId') ?? '', text(stage, 'StageName') ?? '$default', key),
    pattern: parseRouteKey(key),
    functionArn: functionArnIn(text(properties, 'IntegrationUri') ?? ''),
    timeoutMs: numeric(properties, 'TimeoutInMillis') ?? 30_000,
    scopes: texts(route.properties, 'AuthorizationScopes'),
    ...(authorizer && { authorizer }),
    ...(throttling && { throttling }),
  };
}

/** API/STAGE/METHOD/PATH with the path as the route writes it, or API/STAGE/$default. */
const routeArn = ({ region, accountId }: Stack, api: string, stage: string, key: string): string =>
  `arn:aws:execute-api:${region}:${accountId}:${api}/${stage}/${key.replace(' ', '')}`;

/** arn:aws:apigateway:REGION:lambda:path/2015-03-31/functions/ARN/invocations, or the function's ARN itself. */
const functionArnIn = (uri: string) => /functions\/(.+)\/invocations$/.exec(uri)?.[1] ?? uri;

function readAuthorizer(stack: Stack, route: Resource): JwtAuthorizer | undefined {
  const type = text(route.properties, 'AuthorizationType') ?? 'NONE';
  if (type === 'NONE') return undefined;
  const authorizer = byRef(stack, 'AWS::ApiGatewayV2::Authorizer', text(route.properties, 'AuthorizerId'));
  if (type !== 'JWT' || !authorizer)
    throw new UnsupportedResource(route, `authorization ${type} is not evaluated`);
  const jwt = record(authorizer.properties, 'JwtConfiguration') ?? {};
  const [source = '$request.header.Authorization'] = texts(authorizer.properties, 'IdentitySource');
  const [, header] = /^\$request\.header\.(.+)$/.exec(source) ?? [];
  if (!header) throw new UnsupportedResource(authorizer, `identity source ${source} is not read`);
  return {
    issuer: text(jwt, 'Issuer') ?? '',
    audience: texts(jwt, 'Audience'),
    header: header.toLowerCase(),
  };
}

function readThrottling(routeKey: string, stage: Properties): Throttling | undefined {
  const route = record(record(stage, 'RouteSettings') ?? {}, routeKey) ?? {};
  const general = record(stage, 'DefaultRouteSettings') ?? {};
  const ratePerSecond = numeric(route, 'ThrottlingRateLimit') ?? numeric(general, 'ThrottlingRateLimit');
  const burst = numeric(route, 'ThrottlingBurstLimit') ?? numeric(general, 'ThrottlingBurstLimit');
  return ratePerSecond === undefined || burst === undefined ? undefined : { ratePerSecond, burst };
}

function readCors(cors: Properties): Cors {
  const maxAge = numeric(cors, 'MaxAge');
  return {
    origins: texts(cors, 'AllowOrigins'),
    methods: texts(cors, 'AllowMethods'),
    headers: texts(cors, 'AllowHeaders'),
    exposed: texts(cors, 'ExposeHeaders'),
    credentials: text(cors, 'AllowCredentials') === 'true',
    ...(maxAge !== undefined && { maxAge }),
  };
}

function readAccessLog(log: Properties): { group: string; format: string } {
  const arn = text(log, 'DestinationArn') ?? '';
  return { group: logGroupIn(arn), format: text(log, 'Format') ?? '' };
}

/** arn:aws:logs:REGION:ACCOUNT:log-group:NAME, with or without the ending `:*`. */
const logGroupIn = (arn: string) => arn.replace(/^.*:log-group:/, '').replace(/:\*$/, '');
