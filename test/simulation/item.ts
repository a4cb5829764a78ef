/** A stored item as plain values. */
export type Item = Record<string, unknown>;

/** Unique in the table; order ids are unique per customer only. */
export const keyOf = (item: Item): string => `${String(item['customerId'])}#${String(item['orderId'])}`;

export const versionOf = (item: Item | undefined): number => Number(item?.['version'] ?? 0);

/** The attribute's text; empty where it has none. */
export const textOf = (item: Item | undefined, attribute: string): string => {
  const value = item?.[attribute];
  return typeof value === 'string' ? value : '';
};
