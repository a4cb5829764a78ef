import { DeleteCommand, PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { Caller, ExampleRequest, Step } from '../../openapi/operation.ts';
import { OPERATIONS } from '../../openapi/operations/all.ts';
import { PROBLEMS } from '../../openapi/problems/all.ts';
import { problem } from '../../openapi/samples.ts';
import { PROBLEM_TYPES, type ProblemCode } from '../../src/adapters/api-gateway/problem-types.ts';
import type { connect } from '../support/system.ts';

const CLAIMS: Record<Exclude<Caller, 'anyone'>, Record<string, string>> = {
  owner: { sub: 'C101-user', scope: 'orders/customer', customerId: 'C101' },
  stranger: { sub: 'C102-user', scope: 'orders/customer', customerId: 'C102' },
  staff: { sub: 'U1001', scope: 'orders/staff' },
  formerStaff: { sub: 'U1002', scope: 'orders/staff' },
  admin: { sub: 'U1003', scope: 'orders/admin' },
};
const USERS = [
  { userId: 'U1001', name: 'Naveen', role: 'Director', active: true },
  { userId: 'U1002', name: 'Asha', role: 'Clerk', active: false },
];

const KEYS = { Orders: ['customerId', 'orderId'], Users: ['userId'], IdempotencyKeys: ['idempotencyKey'] };

interface Sent extends ExampleRequest {
  route: string;
  as: Caller;
}

/** Sends examples to a running system, each to tables as the example expects them. */
export const sending = (client: ReturnType<typeof connect>) => {
  const tokens = new Map<Caller, Promise<string>>();
  const tokenOf = (caller: Exclude<Caller, 'anyone'>) => {
    const token = tokens.get(caller) ?? client.token(CLAIMS[caller]);
    tokens.set(caller, token);
    return token;
  };

  const put = (TableName: string, Item: Record<string, unknown>) =>
    client.documents.send(new PutCommand({ TableName, Item }));

  const reset = async () => {
    for (const [TableName, names] of Object.entries(KEYS)) {
      const { Items = [] } = await client.documents.send(new ScanCommand({ TableName }));
      for (const item of Items) {
        const Key = Object.fromEntries(names.map((name) => [name, item[name] as string]));
        await client.documents.send(new DeleteCommand({ TableName, Key }));
      }
    }
    for (const user of USERS) await put('Users', user);
  };

  const send = async ({ route, as, path = {}, query = {}, headers = {}, body }: Sent) => {
    const [method = '', template = ''] = route.split(' ');
    const mediaType = OPERATIONS.find((operation) => operation.route === route)?.body?.mediaType;
    const today = new Date().toISOString().slice(0, 10);
    const search = new URLSearchParams({ ...query, ...(query['date'] !== undefined && { date: today }) });
    const at = template.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(path[name] ?? ''));
    const sent = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]);
    return await client.request(method, search.size > 0 ? `${at}?${search.toString()}` : at, {
      ...(as !== 'anyone' && { bearer: await tokenOf(as) }),
      headers: {
        ...(mediaType !== undefined && { 'content-type': mediaType }),
        ...(Object.fromEntries(sent) as Record<string, string>),
      },
      ...(body !== undefined && { body }),
    });
  };

  const prepare = async (steps: readonly Step[]) => {
    await reset();
    for (const { operationId, ...step } of steps) {
      const { route } = OPERATIONS.find((operation) => operation.operationId === operationId) ?? {
        route: '',
      };
      const { status } = await send({ route, ...step });
      if (status >= 300)
        throw new Error(`${operationId} answered ${status}, and should have prepared the way`);
    }
  };

  return { put, send, prepare };
};

/** An answer without what differs each time: times, new ids, cursors and names of requests. */
export const lasting = (body: unknown): unknown =>
  body === undefined
    ? undefined
    : JSON.parse(
        JSON.stringify(body)
          .replaceAll(/\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}\.\d{3}Z)?/g, '<time>')
          .replaceAll(/\bO[0-9A-HJKMNP-TV-Z]{26}\b/g, '<new id>')
          .replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, '<uuid>')
          .replaceAll(/\b17\d{11}\b/g, '1')
          .replaceAll(/cursor=[^&"]+/g, 'cursor=<cursor>'),
      );

export const documented = (code: ProblemCode) => ({
  status: PROBLEM_TYPES[code][0],
  body: lasting(problem(code, PROBLEMS[code].says)),
});
