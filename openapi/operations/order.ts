/** Where one order is, and what is answered with it. */
export const ORDER = '/customers/{customerId}/orders/{orderId}';
export const current = {
  description: 'The order as it is now',
  schema: 'Order',
  headers: ['ETag'],
} as const;
