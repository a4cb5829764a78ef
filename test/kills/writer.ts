import { setTimeout as delay } from 'node:timers/promises';
import type { Chance } from '../simulation/chance.ts';
import type { connect } from '../support/system.ts';
import { keyedCreates } from './keyed-creates.ts';
import type { Ledger, State } from './ledger.ts';
import { nextStep, type Step } from './steps.ts';

type Request = ReturnType<typeof connect>['request'];
export type Answer = Awaited<ReturnType<Request>>;

/** A client with orders of its own: nobody else changes them, so it knows what each answer has to say. */
export interface Writer {
  /** Until the signal, or until the connection breaks. */
  work: (api: Api, signal: AbortSignal) => Promise<void>;
  /** Reads again what it has changed since the last time. */
  readBack: (api: Api) => Promise<void>;
}

interface WriterParts {
  chance: Chance;
  ledger: Ledger;
  broken: (what: string) => void;
}

export interface Api {
  request: Request;
  bearer: string;
}

const ORDERS_AT_A_TIME = 6;
const KEYED = 0.1;
const RETRY_MS = 20;

const told = ({ body }: Answer): State => {
  const { allowedTransitions: _, ...order } = body as Record<string, unknown>;
  return { version: Number(order['version']), order };
};

export const newWriter = (customerId: string, parts: WriterParts): Writer => {
  const { chance, ledger, broken } = parts;
  const current: string[] = [];
  /** What nobody has answered, by order; undefined where all was answered. */
  const touched = new Map<string, Step | undefined>();
  const keyed = keyedCreates(customerId, chance);
  let made = 0;

  const nameOf = (orderId: string) => `${customerId}#${orderId}`;
  const send = async ({ request, bearer }: Api, method: string, orderId: string, step?: Step) => {
    const { action = '', body, conditional = false } = step ?? {};
    const version = ledger.latest(nameOf(orderId))?.version ?? 0;
    const at = `/customers/${customerId}/orders/${orderId}${action}`;
    return await request(method, at, {
      bearer,
      ...(body && { body }),
      ...(conditional && { headers: { 'if-match': `"${version}"` } }),
    }).catch(() => undefined);
  };

  const settle = (orderId: string, answer: Answer, doubtful: Step | undefined): void => {
    const known = ledger.latest(nameOf(orderId));
    const next = (known?.version ?? 0) + 1;
    if (answer.status === 200) {
      const state = told(answer);
      if (state.version === next && doubtful && !doubtful.deletes) ledger.acknowledge(nameOf(orderId), state);
      else if (JSON.stringify(state) !== JSON.stringify(known)) {
        broken(`${nameOf(orderId)} reads ${JSON.stringify(state)} after ${JSON.stringify(known)}`);
      }
    } else if (answer.status !== 404) {
      broken(`reading ${nameOf(orderId)} was answered ${answer.status}`);
    } else if (known && known.order !== 'deleted') {
      if (doubtful?.deletes) ledger.acknowledge(nameOf(orderId), { version: next, order: 'deleted' });
      else broken(`${nameOf(orderId)} is not there, though version ${known.version} was acknowledged`);
    }
  };

  const readBack = async (api: Api, orderId: string, doubtful: Step | undefined, signal?: AbortSignal) => {
    for (;;) {
      const answer = await send(api, 'GET', orderId, {
        method: 'GET',
        action: '?consistent=true',
        conditional: false,
        deletes: false,
      });
      if (answer === undefined || signal?.aborted) return;
      if (answer.status < 500) {
        settle(orderId, answer, doubtful);
        touched.delete(orderId);
        return;
      }
      await delay(RETRY_MS);
    }
  };

  /** False where it stays open. */
  const createUnderKey = async (api: Api, signal?: AbortSignal): Promise<boolean> => {
    const answer = await keyed.create(api, signal);
    if (answer === undefined) return false;
    if (answer.status !== 201) {
      broken(`a keyed create of ${customerId} was answered ${answer.status} ${JSON.stringify(answer.body)}`);
      return true;
    }
    const state = told(answer);
    const { orderId } = answer.body as { orderId: string };
    if (state.version !== 1 || ledger.latest(nameOf(orderId))) {
      broken(`a keyed create was answered with version ${state.version} of ${nameOf(orderId)}`);
    }
    ledger.acknowledge(nameOf(orderId), state);
    current.push(orderId);
    return true;
  };

  const change = async (api: Api, signal: AbortSignal): Promise<boolean> => {
    if (keyed.pending() || chance.happens(KEYED)) return await createUnderKey(api, signal);
    if (current.length < ORDERS_AT_A_TIME || chance.happens(0.2)) current.push(`K${(made += 1)}`);
    while (current.length > ORDERS_AT_A_TIME) current.shift();
    const orderId = chance.pick(current);
    const known = ledger.latest(nameOf(orderId));
    const step = nextStep(known, chance);
    touched.set(orderId, step);
    const answer = await send(api, step.method, orderId, step);
    if (answer === undefined) return false;
    if (answer.status >= 500) {
      await readBack(api, orderId, step, signal);
      return true;
    }
    const what = `${step.method} ${nameOf(orderId)}${step.action} after version ${known?.version ?? 0}`;
    if (answer.status >= 300) {
      await readBack(api, orderId, step, signal);
      const done = ledger.latest(nameOf(orderId)) !== known ? ', though it was done' : '';
      broken(`${what} was answered ${answer.status} ${JSON.stringify(answer.body)}${done}`);
      return true;
    }
    const next = (known?.version ?? 0) + 1;
    const state: State = answer.status === 204 ? { version: next, order: 'deleted' } : told(answer);
    if (state.version !== next) broken(`${what} was answered with version ${state.version}`);
    ledger.acknowledge(nameOf(orderId), state);
    touched.set(orderId, undefined);
    return true;
  };

  return {
    work: async (api, signal) => {
      while (!signal.aborted && (await change(api, signal)));
    },
    readBack: async (api) => {
      if (keyed.pending()) await createUnderKey(api);
      for (const [orderId, doubtful] of touched) await readBack(api, orderId, doubtful);
    },
  };
};
