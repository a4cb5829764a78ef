import { type Order, OrdersProblem, OrdersUnreachable } from '../../packages/orders-client/src/index.ts';
import { Failed, type Context } from '../command.ts';
import { unreachable } from '../api.ts';
import type { Access } from './access.ts';
import { stepsTo, type Making } from './steps.ts';

export interface Taken {
  step: string;
  status: string;
  /** Of the order after it. */
  version: number;
}

/** Takes each step to the event, the later ones with what the earlier answered. */
export async function take(
  type: string,
  making: Making,
  { url, callers }: Access,
  correlationId: string,
  { terminal, interrupted }: Pick<Context, 'terminal' | 'interrupted'>,
): Promise<Taken[]> {
  const name = `${making.key.customerId}/${making.key.orderId}`;
  const taken: Taken[] = [];
  // The first step makes the order.
  let order = {} as Order;
  for (const step of stepsTo(type)) {
    if (interrupted.aborted) {
      terminal.say(`Interrupted: the order ${name} stays as it is.`);
      break;
    }
    try {
      order = await step.take(callers, making, order, { correlationId });
    } catch (error) {
      if (error instanceof OrdersProblem)
        throw new Failed(`To ${step.name} the order ${name} was refused: ${error.message}`);
      if (error instanceof OrdersUnreachable) throw unreachable(url, error.message);
      throw error;
    }
    const { status, version } = order;
    taken.push({ step: step.name, status, version });
    terminal.say(terminal.faint(`${step.name} ${name}: version ${version}`));
  }
  return taken;
}
