import type { Published } from './history.ts';
import type { Item } from './item.ts';

/** What subscribers read in an event's detail. */
export interface Contract {
  metadata: {
    eventId: string;
    type: string;
    occurredAt: string;
    sequence: number;
    groupId: string;
  };
  data: { order: Item; previous: Item };
}

const read = new WeakMap<Published, Contract>();

/** The detail, if it follows the contract as far as metadata and data go. */
export const contractOf = (event: Published): Contract | undefined => {
  const known = read.get(event);
  if (known) return known;
  const { metadata, data } = JSON.parse(event.detail) as Partial<Contract>;
  if (!metadata || !data) return undefined;
  const contract = { metadata, data };
  read.set(event, contract);
  return contract;
};
