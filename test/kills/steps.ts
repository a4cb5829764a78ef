import type { Chance } from '../simulation/chance.ts';
import type { State } from './ledger.ts';

/** One change that a writer asks for. */
export interface Step {
  method: string;
  /** After the order's path. */
  action: string;
  body?: Record<string, unknown>;
  /** The order is expected as it was last told. */
  conditional: boolean;
  deletes: boolean;
}

const BODIES = {
  ship: () => ({ trackingNumber: 'TRACK-1' }),
  confirm: () => undefined,
  deliver: () => undefined,
  cancel: () => ({ reason: 'changed their mind' }),
};

const create = (chance: Chance): Step => {
  const body = chance.happens(0.5)
    ? { amount: chance.between(0, 100_000) }
    : { items: [{ sku: 'SKU-1', quantity: chance.between(1, 9), unitAmount: 250 }] };
  return { method: 'PUT', action: '', body, conditional: false, deletes: false };
};

/** A legal change of the order as it was last told, which changes something. */
export const nextStep = (known: State | undefined, chance: Chance): Step => {
  if (known === undefined) return create(chance);
  if (known.order === 'deleted') {
    const restore = { method: 'POST', action: '/restore', conditional: false, deletes: false };
    return chance.happens(0.5) ? restore : create(chance);
  }
  const conditional = chance.happens(0.5);
  const { status } = known.order;
  const amend = {
    method: 'PATCH',
    action: '',
    body: { note: `after version ${known.version}` },
    conditional: true,
    deletes: false,
  };
  const remove = { method: 'DELETE', action: '', conditional, deletes: true };
  const move = (name: keyof typeof BODIES): Step => {
    const body = BODIES[name]();
    return { method: 'POST', action: `/${name}`, ...(body && { body }), conditional, deletes: false };
  };
  switch (status) {
    case 'PENDING':
      return chance.pick([amend, amend, move('confirm'), move('cancel'), remove]);
    case 'CONFIRMED':
      return chance.pick([move('ship'), move('ship'), move('cancel'), remove]);
    case 'SHIPPED':
      return chance.pick([move('deliver'), move('deliver'), remove]);
    default:
      return remove;
  }
};
