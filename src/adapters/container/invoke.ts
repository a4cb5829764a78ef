import type { Container } from 'inversify';
import type { InvokeConfig } from '../config.ts';
import { type InvokeHandler, invokeHandler } from '../invoke/handler.ts';
import { countingColdStarts } from '../observability/cold-starts.ts';
import { AMEND, CREATE, DELETE, GET, LIST, orders, TRANSITION } from './orders.ts';
import { LOGGER, token } from './wiring.ts';

export const INVOKE = token<InvokeHandler>('InvokeHandler');

export const invokeContainer = (config: InvokeConfig): Container => {
  const { container, provide } = orders(config);
  provide(
    INVOKE,
    [CREATE, GET, LIST, AMEND, TRANSITION, DELETE, LOGGER],
    (createOrder, getOrder, listOrders, amendOrder, transitionOrder, deleteOrder, logger) =>
      countingColdStarts(
        invokeHandler({
          createOrder,
          getOrder,
          listOrders,
          amendOrder,
          transitionOrder,
          deleteOrder,
          logger,
        }),
      ),
  );
  return container;
};
