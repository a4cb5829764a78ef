import { HEADERS, problemExamples, responsesOf } from './answers.ts';
import { described } from './descriptions.ts';
import type { Operation } from './operation.ts';
import { OPERATIONS } from './operations/all.ts';
import { headerParameter, type Parameter, pathParameters, queryParameters } from './parameters.ts';
import { componentSchemas } from './schemas.ts';
import manifest from '../package.json' with { type: 'json' };

const ALWAYS = ['X-Correlation-Id', 'traceparent'];

const parametersOf = (operation: Operation): Parameter[] => [
  ...pathParameters(operation.route),
  ...(operation.query === undefined ? [] : queryParameters(operation.query)),
  ...(operation.requiredHeaders ?? []).map((name) => headerParameter(name, true)),
  ...[...(operation.headers ?? []), ...ALWAYS].map((name) => headerParameter(name, false)),
];

const PLACES = { path: 'path', query: 'query', header: 'headers' } as const;

/** Numbers and flags as what they are, not as the text that a URL makes of them. */
const valueOf = (text: string, { schema }: Parameter): unknown =>
  schema['type'] === 'integer' || schema['type'] === 'boolean' ? JSON.parse(text) : text;

const withExamples = (parameter: Parameter, { examples }: Operation) => {
  const given = Object.entries(examples).flatMap(([name, example]) => {
    const value = example[PLACES[parameter.in]]?.[parameter.name];
    return value === undefined ? [] : [[name, { value: valueOf(value, parameter) }] as const];
  });
  return given.length > 0 ? { ...parameter, examples: Object.fromEntries(given) } : parameter;
};

const requestBodyOf = ({ body, examples }: Operation) => {
  if (!body) return {};
  const given = Object.entries(examples).filter(([, { body: sent }]) => sent !== undefined);
  const content = {
    schema: { $ref: `#/components/schemas/${body.schema}` },
    examples: Object.fromEntries(
      given.map(([name, { summary, body: value }]) => [name, { summary, value }] as const),
    ),
  };
  return {
    requestBody: { required: body.required, content: { [body.mediaType ?? 'application/json']: content } },
  };
};

const operationObject = (operation: Operation) => ({
  operationId: operation.operationId,
  tags: [operation.tag],
  summary: operation.summary,
  ...(operation.description !== undefined && { description: operation.description }),
  security: operation.scopes.map((scope) => ({ jwt: [scope] })),
  parameters: parametersOf(operation).map((parameter) => withExamples(parameter, operation)),
  ...requestBodyOf(operation),
  responses: responsesOf(operation),
});

const paths = () => {
  const all: Record<string, Record<string, unknown>> = {};
  for (const operation of OPERATIONS) {
    const [method = '', path = ''] = operation.route.split(' ');
    all[path] = { ...all[path], [method.toLowerCase()]: operationObject(operation) };
  }
  return all;
};

export const openApiDocument = () => ({
  openapi: '3.1.0',
  info: {
    title: 'Orders',
    version: manifest.version,
    summary: 'Create orders, move them along, and find them again',
    description: DESCRIPTION,
    license: { name: 'MIT', identifier: 'MIT' },
  },
  servers: [{ url: '/', description: 'Where this document is served' }],
  tags: [
    { name: 'Orders', description: 'Create, read, amend and delete' },
    { name: 'Transitions', description: 'Move an order along' },
    { name: 'Lists', description: 'Page after page, by following `next` until there is none' },
    { name: 'Users', description: 'The staff directory, for administrators' },
    { name: 'Service', description: 'For anyone, without a token' },
  ],
  paths: paths(),
  components: {
    securitySchemes: {
      jwt: {
        type: 'http',
        scheme: 'bearer',
        bearerFormat: 'JWT',
        description: TOKENS,
      },
    },
    schemas: Object.fromEntries(
      Object.entries(componentSchemas()).map(([name, schema]) => [name, described(schema, name)]),
    ),
    headers: Object.fromEntries(
      Object.entries(HEADERS).map(([name, description]) => [
        name,
        { description, required: true, schema: { type: 'string' } },
      ]),
    ),
    examples: problemExamples(),
  },
});

const DESCRIPTION = [
  'JSON over HTTP. Amounts are whole numbers of the minor unit of their currency.',
  'Every problem that a function answers is `application/problem+json` (RFC 9457) with a stable `code`; what the gateway itself answers is `{"message": ...}`.',
  'Send `If-Match` with the ETag that you last read, so that nobody else is overwritten.',
  'A request that got no answer can be sent again: PUT, PATCH, DELETE and the transitions say the same once more.',
  '`OPTIONS` of a path answers 204, and a method that the path does not have 405, both with `Allow`. `HEAD` is there for the documentation only. What is at no path answers 404.',
  'Each answer of a function has an `X-Correlation-Id`: yours, where you have sent one. It names the request in logs and events; `traceparent` (W3C Trace Context) is carried on into the events.',
].join('\n\n');

const TOKENS = [
  'A JWT of the issuer that this API trusts. Scopes: `orders/customer` with the claim `customer_id` for owners of orders; `orders/staff` for active members of staff; `orders/admin` for the staff directory.',
  'Where the API runs on your own machine, the buttons at the top of its page `/docs` take one, and `POST /_issuer/token` gives any: `{"sub": "C101", "scope": "orders/customer", "customerId": "C101"}`.',
].join('\n\n');
