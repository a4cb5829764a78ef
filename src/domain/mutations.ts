import type { OrderRecord } from './order.ts';

const KEPT = 8;

/** The record with the request that makes it, so that the request is recognized when its answer got lost. */
export const remembering = (
  before: OrderRecord | undefined,
  after: OrderRecord,
  mutationId: string,
): OrderRecord => ({
  ...after,
  mutations: [...(before?.mutations ?? []), { version: after.order.version, id: mutationId }].slice(-KEPT),
});

/** Whether the request made one of the record's last versions, or that very one. */
export const madeBy = (record: OrderRecord | undefined, mutationId: string, version?: number): boolean =>
  record?.mutations?.some(
    (mutation) => mutation.id === mutationId && (version ?? mutation.version) === mutation.version,
  ) ?? false;
