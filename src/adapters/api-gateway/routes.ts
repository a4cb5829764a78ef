import { type HistoryRouteDependencies, historyRoutes } from './history-routes.ts';
import { type ListRouteDependencies, listRoutes } from './list-routes.ts';
import { type OrderRouteDependencies, orderRoutes } from './order-routes.ts';
import type { Routes } from './route.ts';
import { type UserRouteDependencies, userRoutes } from './user-routes.ts';

export type RouteDependencies = OrderRouteDependencies &
  ListRouteDependencies &
  HistoryRouteDependencies &
  UserRouteDependencies;

/** By route key, as the template names them. */
export const routes = (use: RouteDependencies): Routes => ({
  ...orderRoutes(use),
  ...listRoutes(use),
  ...historyRoutes(use),
  ...userRoutes(use),
  'GET /health': () =>
    Promise.resolve({
      statusCode: 200,
      headers: { 'content-type': 'application/json' },
      body: '{"status":"ok"}',
    }),
});
