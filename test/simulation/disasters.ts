import type { ChangeStream } from './change-stream.ts';
import type { EventBus } from './event-bus.ts';
import type { Faults } from './faults.ts';
import { editByHand } from './hand-edits.ts';
import type { OrdersTable } from './orders-table.ts';
import type { Poller } from './poller.ts';
import type { ReaderFunction } from './reader-function.ts';
import type { Requests } from './requests.ts';
import type { VirtualTime } from './virtual-time.ts';

export interface World {
  table: OrdersTable;
  stream: ChangeStream;
  reader: ReaderFunction;
  poller: Poller;
  bus: EventBus;
  requests: Requests;
}

const HOUR_MS = 3_600_000;

/** What strikes at a time and not at a request; asked before each step of the workload. */
export const disasters =
  (time: VirtualTime, faults: Faults, { table, stream, reader, poller, bus, requests }: World) =>
  (): void => {
    const crash = faults.strike('F7');
    if (crash) poller.die(crash.pick([0, 100, 5_000]));
    const split = faults.strike('F9');
    if (split) stream.split(split);
    const outage = faults.strike('F12');
    if (outage) bus.fail(outage);
    const jump = faults.strike('F14');
    if (jump?.happens(0.5)) requests.jump(jump.between(-60_000, 60_000));
    else if (jump) poller.jump(jump.between(-HOUR_MS, HOUR_MS));
    const edit = faults.strike('F15');
    if (edit) editByHand(table, edit, time.now());
    const down = faults.strike('F16');
    if (down) poller.die(down.between(1, 20) * HOUR_MS);
    const kill = faults.strike('F17');
    if (kill) {
      poller.die(kill.between(100, 3_000));
      reader.kill();
      bus.restart();
    }
    const replay = faults.strike('F19');
    if (replay) bus.replay(replay);
  };
