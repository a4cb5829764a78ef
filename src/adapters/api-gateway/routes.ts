import { type ListRouteDependencies, listRoutes } from './list-routes.ts';
import { type OrderRouteDependencies, orderRoutes } from './order-routes.ts';
import type { Routes } from './route.ts';
import { type UserRouteDependencies, userRoutes } from './user-routes.ts';

export type RouteDependencies = OrderRouteDependencies & ListRouteDependencies & UserRouteDependencies;

/** By route key, as the template names them. */
export const routes = (use: RouteDependencies): Routes => ({
  ...orderRoutes(use),
  ...listRoutes(use),
  ...userRoutes(use),
  'GET /health': () =>
    Promise.resolve({
      statusCode: 200,
      headers: { 'content-type': 'application/json' },
      body: '{"status":"ok"}',
    }),
});
