import type { Sale } from '../src/sale.ts';
import type { Sales } from '../src/sales.ts';

export const inMemorySales = (): Sales => {
  const sales = new Map<string, Sale>();
  const keyOf = ({ day, customerId, orderId }: Pick<Sale, 'day' | 'customerId' | 'orderId'>) =>
    `${day} ${customerId}#${orderId}`;
  return {
    put: (sale) => Promise.resolve(void sales.set(keyOf(sale), sale)),
    remove: (sale) => Promise.resolve(void sales.delete(keyOf(sale))),
    on: (day) => Promise.resolve([...sales.values()].filter((sale) => sale.day === day)),
  };
};
