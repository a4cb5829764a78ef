import { Failed, type Context } from '../command.ts';
import type { Access } from './access.ts';
import { ordersApi } from './orders-api.ts';
import { stepsTo, type Overrides } from './steps.ts';

export interface Taken {
  method: string;
  path: string;
  status: number;
  /** Of the order after it. */
  version: number;
}

/** Takes each step to the event, the later ones with what the earlier answered. */
export async function take(
  type: string,
  overrides: Overrides,
  access: Access & { correlationId: string },
  { terminal, interrupted }: Pick<Context, 'terminal' | 'interrupted'>,
): Promise<Taken[]> {
  const ask = ordersApi(access.url);
  const order = `/customers/${overrides.customerId}/orders/${overrides.orderId}`;
  const taken: Taken[] = [];
  let etag: string | null = null;
  let version = 0;
  for (const { method, path, as, conditional, body } of stepsTo(type, overrides)) {
    if (interrupted.aborted) {
      terminal.say(`Interrupted: the order ${order} stays as it is.`);
      break;
    }
    const answer = await ask({
      method,
      path: order + path,
      token: access.tokens[as],
      headers: {
        'x-correlation-id': access.correlationId,
        ...(conditional && etag !== null && { 'if-match': etag }),
      },
      ...(body && { body }),
    });
    // A deletion answers nothing, and is a version too.
    version = Number(answer.body['version'] ?? version + 1);
    etag = answer.etag;
    taken.push({ method, path: order + path, status: answer.status, version });
    terminal.say(terminal.faint(`${method} ${order}${path} ${answer.status}`));
    if (method === 'PUT' && answer.status === 200)
      throw new Failed(`The order ${order} is there already, and is made as before: choose another --order.`);
  }
  return taken;
}
