import type { Chance } from './chance.ts';
import { disasters, type World } from './disasters.ts';
import type { Faults } from './faults.ts';
import type { VirtualTime } from './virtual-time.ts';
import { hardToPublish, someAction, someOrder } from './workload.ts';

const HOUR_MS = 3_600_000;

/** What clients do, and what befalls the system meanwhile: mostly at once or close together, now and then after days. */
export const work = async (
  ops: number,
  time: VirtualTime,
  faults: Faults,
  chance: Chance,
  world: World,
): Promise<void> => {
  const { table, requests } = world;
  const strike = disasters(time, faults, world);
  const open: Promise<void>[] = [];
  for (let op = 0; op < ops; op += 1) {
    await time.sleep(chance.happens(0.3) ? 0 : chance.between(1, 400));
    if (chance.happens(0.01)) await time.sleep(chance.between(1, 120) * 1_000);
    if (chance.happens(0.003)) {
      await time.sleep(chance.between(6, 72) * HOUR_MS);
      table.expire(time.now(), () => chance.happens(0.7));
    }
    strike();
    const key = someOrder(chance);
    const action = someAction(chance, requests.seen(key));
    open.push(requests.make(key, action));
    const hard = faults.strike('F15');
    for (const [wait, steps] of (hard?.happens(0.3) ? hardToPublish(hard, requests.seen) : []).entries()) {
      for (const step of steps) {
        open.push(time.sleep(wait * 2_000).then(() => requests.make(step.key, step.action)));
      }
    }
    const crowd = faults.strike('F20');
    for (let more = crowd?.between(1, 5) ?? 0; crowd && more > 0; more -= 1) {
      open.push(requests.make(key, someAction(crowd, requests.seen(key))));
    }
  }
  await Promise.all(open);
};
