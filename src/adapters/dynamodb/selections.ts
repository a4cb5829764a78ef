import type { OrderSelection } from '../../application/ports.ts';
import { ORDERS_INDEXES, ORDERS_KEYS } from '../names.ts';
import { dayPartition, statusPartition } from './order-item.ts';

export interface Partition {
  shard: number;
  value: string;
}

export interface Reading {
  indexName?: string;
  /** The attributes that say where in the index an item stands. */
  keyAttributes: readonly string[];
  partitionAttribute: string;
  sortAttribute: string;
  /** Merged in the order of their sort values, and of their shards where those are equal. */
  partitions: readonly Partition[];
  /** Sort values, both included. */
  from?: string;
  to?: string;
  status?: string;
  consistent: boolean;
}

const { byStatus, byDay, byOrderId } = ORDERS_INDEXES;
const { partition, sort } = ORDERS_KEYS;

const keysOf = (index: { partition: string; sort: string }): string[] => [
  ...new Set([index.partition, index.sort, partition, sort]),
];

const overIndex = (index: { name: string; partition: string; sort: string }) => ({
  indexName: index.name,
  keyAttributes: keysOf(index),
  partitionAttribute: index.partition,
  sortAttribute: index.sort,
  consistent: false,
});

export const readingOf = (selection: OrderSelection, shards: number): Reading => {
  const sharded = (value: (shard: number) => string): Partition[] =>
    Array.from({ length: shards }, (_, shard) => ({ shard, value: value(shard) }));
  switch (selection.by) {
    case 'customer': {
      const { customerId, status, consistent = false } = selection;
      return {
        keyAttributes: [partition, sort],
        partitionAttribute: partition,
        sortAttribute: sort,
        partitions: [{ shard: 0, value: customerId }],
        ...(status && { status }),
        consistent,
      };
    }
    case 'status':
      return {
        ...overIndex(byStatus),
        partitions: sharded((shard) => statusPartition(selection.status, shard)),
      };
    case 'date': {
      const { date, from, to } = selection;
      return {
        ...overIndex(byDay),
        // Bounds that leave nothing over are nothing to ask the table for: it refuses them.
        partitions:
          from !== undefined && to !== undefined && from > to
            ? []
            : sharded((shard) => dayPartition(date, shard)),
        ...(from !== undefined && { from }),
        ...(to !== undefined && { to }),
      };
    }
    case 'orderId':
      return {
        ...overIndex(byOrderId),
        partitions: [{ shard: 0, value: selection.orderId }],
      };
  }
};
