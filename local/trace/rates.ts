import type { Clock } from '../parts.ts';

/** How often something went from one part to another. */
export interface Flow {
  from: string;
  to: string;
  /** Since the start. */
  total: number;
  failed: number;
  /** In each of the last sixty seconds, the oldest first. */
  perSecond: number[];
  failedPerSecond: number[];
}

export interface Rates {
  count(from: string, to: string, times: number, failed?: number): void;
  flows(): Flow[];
}

const seconds = 60;
// The template names the parts, so that there are few; what names them otherwise is not counted.
const maxFlows = 1_000;

export function createRates(clock: Pick<Clock, 'now'>): Rates {
  const flows = new Map<string, ReturnType<typeof newFlow>>();
  const secondNow = () => Math.floor(clock.now() / 1000);

  return {
    count: (from, to, times, failed = 0) => {
      const key = `${from}\0${to}`;
      let flow = flows.get(key);
      if (!flow) {
        if (flows.size >= maxFlows) return;
        flow = newFlow(from, to);
        flows.set(key, flow);
      }
      turn(flow, secondNow());
      const place = flow.second % seconds;
      flow.total += times;
      flow.failed += failed;
      flow.counts[place] = (flow.counts[place] ?? 0) + times;
      flow.failures[place] = (flow.failures[place] ?? 0) + failed;
    },
    flows: () =>
      [...flows.values()].map((flow) => {
        turn(flow, secondNow());
        const { from, to, total, failed } = flow;
        const inOrder = (counts: readonly number[]) =>
          counts.map((_, age) => counts[(flow.second + 1 + age) % seconds] ?? 0);
        return {
          from,
          to,
          total,
          failed,
          perSecond: inOrder(flow.counts),
          failedPerSecond: inOrder(flow.failures),
        };
      }),
  };
}

const none = () => new Array<number>(seconds).fill(0);
const newFlow = (from: string, to: string) => ({
  from,
  to,
  total: 0,
  failed: 0,
  second: 0,
  counts: none(),
  failures: none(),
});

/** Empties what is older than a minute. */
function turn(flow: ReturnType<typeof newFlow>, now: number): void {
  const passed = Math.min(Math.max(0, now - flow.second), seconds);
  for (let second = now - passed + 1; second <= now; second += 1) {
    flow.counts[second % seconds] = 0;
    flow.failures[second % seconds] = 0;
  }
  flow.second = Math.max(flow.second, now);
}
