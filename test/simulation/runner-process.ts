import { runSeed } from './run-seed.ts';
import type { Task } from './runners.ts';

process.on('message', ({ seed, setting }: Task) => {
  void runSeed(seed, setting).then((result) => process.send?.(result));
});
// The one that started it is gone.
process.on('disconnect', () => process.exit());
