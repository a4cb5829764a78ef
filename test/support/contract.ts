import addFormats from 'ajv-formats';
import { Ajv2020 } from 'ajv/dist/2020.js';
import document from '../../docs/openapi.json' with { type: 'json' };

export interface Answered {
  method: string;
  /** Without its query. */
  path: string;
  status: number;
  header: (name: string) => string | null | undefined;
  body: unknown;
}

interface ResponseObject {
  /** One that is not always there is written out; the others refer to their component. */
  headers?: Record<string, object>;
  content?: Record<string, unknown>;
}
type PathItem = Record<string, { responses: Record<string, ResponseObject> }>;
const paths = document.paths as unknown as Record<string, PathItem>;

/** Clients must put up with new fields; the tests must not: what is not in the document does not leave. */
const closed = (): object => {
  const copy = structuredClone(document) as unknown as {
    components: { schemas: Record<string, Record<string, unknown>> };
  };
  for (const schema of Object.values(copy.components.schemas)) schema['additionalProperties'] ??= false;
  return copy;
};

const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats(ajv);
ajv.addSchema(closed(), 'openapi');

const escaped = (part: string) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'));

const templateOf = (path: string): string | undefined => {
  const parts = path.split('/');
  return Object.keys(paths).find((template) => {
    const wanted = template.split('/');
    return (
      wanted.length === parts.length && wanted.every((part, n) => part.startsWith('{') || part === parts[n])
    );
  });
};

/** What is wrong with the answer by the OpenAPI document, in one line; undefined where nothing is. */
export const breachOf = ({ method, path, status, header, body }: Answered): string | undefined => {
  const template = templateOf(path);
  const operation = template === undefined ? undefined : paths[template]?.[method.toLowerCase()];
  const mediaType = header('content-type')?.split(';')[0];
  if (template === undefined || !operation) {
    if (method === 'OPTIONS' && template !== undefined && status === 204) return undefined;
    const { code } = (body ?? {}) as { code?: string };
    const expected = template === undefined ? 'route-not-found' : 'method-not-allowed';
    return code === expected ? undefined : `${method} ${path} is not documented and answered ${status}`;
  }
  const at = `${method} ${template} ${status}`;
  const response = operation.responses[status];
  if (!response) return `${at}: the status is not documented`;
  const required = Object.entries(response.headers ?? {}).filter(([, spec]) => '$ref' in spec);
  const missing = required.map(([name]) => name).filter((name) => header(name) == null);
  const own = mediaType === 'application/json' && status >= 400 ? [] : missing;
  if (own.length > 0) return `${at}: without the header ${own.join(', ')}`;
  if (method === 'HEAD' || !response.content)
    return body === undefined ? undefined : `${at}: a body that is not documented`;
  if (mediaType === undefined || !(mediaType in response.content)) return `${at}: content type ${mediaType}`;
  const pointer = [
    'paths',
    template,
    method.toLowerCase(),
    'responses',
    String(status),
    'content',
    mediaType,
  ];
  const validate = ajv.getSchema(`openapi#/${[...pointer, 'schema'].map(escaped).join('/')}`);
  if (!validate) return `${at}: no schema`;
  return validate(body) ? undefined : `${at}: ${ajv.errorsText(validate.errors, { dataVar: 'body' })}`;
};

/** For every client of the tests: fails the test whose request was not answered as documented. */
export const holdToContract = (answered: Answered): void => {
  const breach = breachOf(answered);
  if (breach !== undefined) throw new Error(`Not as in docs/openapi.json: ${breach}`);
};
