import type { FaultName } from '../../local/faults.ts';

interface Slot {
  fault: FaultName;
  share: number;
  only?: string;
}

/** One after the other. Without `lose`, which is there to lose events, and without refusals to the audit log, which no redrive reaches. */
export const SLOTS: readonly Slot[] = [
  { fault: 'throttle', share: 0.2 },
  { fault: 'conflict', share: 0.3 },
  { fault: 'delay', share: 0.2 },
  { fault: 'crash', share: 0.1 },
  { fault: 'fail', share: 0.3 },
  { fault: 'refuse', share: 0.3, only: 'order-notifications' },
  { fault: 'refuse', share: 0.3, only: 'orders-history' },
  { fault: 'duplicate', share: 0.3 },
  { fault: 'reorder', share: 0.3 },
];

/** The door that the console's buttons use. */
export const consoleOf = (url: string) => {
  const asked = async (method: string, at: string, body?: unknown): Promise<unknown> => {
    const response = await fetch(`${url}/_console/api${at}`, {
      method,
      ...(body !== undefined && {
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    });
    if (!response.ok)
      throw new Error(`${method} ${at} was answered ${response.status}: ${await response.text()}`);
    return await response.json();
  };
  return {
    get: async (at: string) => await asked('GET', at),
    post: async (at: string, body: unknown) => await asked('POST', at, body),
  };
};

export type Console = ReturnType<typeof consoleOf>;

const allOff = Object.fromEntries(SLOTS.map(({ fault }) => [fault, 0]));

/** This fault alone; none without it. */
export const switchOver = async (to: Console, slot?: Slot): Promise<void> => {
  const on = slot && { [slot.fault]: { share: slot.share, ...(slot.only && { only: slot.only }) } };
  await to.post('/faults', { ...allOff, ...on });
};

/** How often each fault struck since the last start. */
export const struck = async (from: Console): Promise<[name: string, times: number][]> => {
  const states = (await from.post('/faults', {})) as { name: string; struck: number }[];
  return states.map((state) => [state.name, state.struck]);
};
