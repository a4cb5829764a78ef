import { type ListRouteDependencies, listRoutes } from './list-routes.ts';
import { type OrderRouteDependencies, orderRoutes } from './order-routes.ts';
import type { Routes } from './route.ts';

export type RouteDependencies = OrderRouteDependencies & ListRouteDependencies;

/** By route key, as the template names them. */
export const routes = (use: RouteDependencies): Routes => ({
  ...orderRoutes(use),
  ...listRoutes(use),
  'GET /health': () =>
    Promise.resolve({
      statusCode: 200,
      headers: { 'content-type': 'application/json' },
      body: '{"status":"ok"}',
    }),
});
