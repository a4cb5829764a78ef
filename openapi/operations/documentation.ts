import type { Operation } from '../operation.ts';

const open = { tag: 'Service', as: 'anyone', scopes: [], problems: [] } as const;
const unchanged = { description: 'You have the current one', headers: ['ETag'] } as const;
const GZIPPED = 'Gzipped for clients that accept it.';
const text = { type: 'string' };

/** The same without the content. */
const head = ({ route, operationId, summary, answers, ...operation }: Operation): Operation => ({
  ...operation,
  route: route.replace('GET', 'HEAD'),
  operationId: operationId.replace('get', 'head'),
  summary: `${summary}: the headers alone`,
  answers: Object.fromEntries(
    Object.entries(answers).map(([status, { files, ...answer }]) => [status, answer]),
  ),
  examples: {},
});

const files: readonly Operation[] = [
  {
    ...open,
    route: 'GET /openapi.json',
    operationId: 'getOpenApi',
    summary: 'This document',
    description: GZIPPED,
    headers: ['If-None-Match'],
    answers: {
      200: {
        description: 'OpenAPI 3.1',
        files: { 'application/json': { type: 'object', required: ['openapi', 'info', 'paths'] } },
        headers: ['ETag'],
      },
      304: unchanged,
    },
    examples: {
      document: {
        summary: 'Some of its fields',
        answers: {
          status: 200,
          mediaType: 'application/json',
          part: { openapi: '3.1.0', info: { title: 'Orders' }, paths: { '/health': {} } },
        },
      },
    },
  },
  {
    ...open,
    route: 'GET /docs',
    operationId: 'getDocs',
    summary: 'The page to read this document, and to try it out',
    description: `It takes nothing from anywhere else. ${GZIPPED}`,
    headers: ['If-None-Match'],
    answers: {
      200: { description: 'The page', files: { 'text/html': text }, headers: ['ETag'] },
      304: unchanged,
    },
    examples: {
      page: {
        summary: 'How it begins',
        answers: { status: 200, mediaType: 'text/html', part: '<!doctype html>' },
      },
    },
  },
  {
    ...open,
    route: 'GET /docs/{file}',
    operationId: 'getDocsFile',
    summary: 'What the page is made of',
    description: GZIPPED,
    headers: ['If-None-Match'],
    answers: {
      200: {
        description: 'The file',
        files: { 'text/javascript': text, 'text/css': text, 'text/plain': text },
        headers: ['ETag'],
      },
      304: unchanged,
    },
    problems: ['route-not-found'],
    examples: {
      script: {
        summary: 'How Swagger UI begins',
        path: { file: 'swagger-ui-bundle.js' },
        answers: {
          status: 200,
          mediaType: 'text/javascript',
          part: '/*! For license information please see swagger-ui-bundle.js.LICENSE.txt */',
        },
      },
      style: {
        summary: 'How its style begins',
        path: { file: 'swagger-ui.css' },
        answers: { status: 200, mediaType: 'text/css', part: '.swagger-ui{' },
      },
      licence: {
        summary: 'How the licences of what it is made of begin',
        path: { file: 'swagger-ui-bundle.js.LICENSE.txt' },
        answers: { status: 200, mediaType: 'text/plain', part: '/*' },
      },
    },
  },
];

/** What the function `orders-docs` serves. */
export const documentation: readonly Operation[] = files.flatMap((get) => [get, head(get)]);
