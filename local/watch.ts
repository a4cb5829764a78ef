import { existsSync, watch, type FSWatcher } from 'node:fs';
import { join } from 'node:path';
import { bundle, bundled } from './template/synthesize.ts';

// Editors write a file in several steps, and a person saves several files.
const quietFor = 100;

/** Runs edited code: at a change of what is bundled the functions are made and loaded anew; gives the way to stop. */
export function watchCode(options: {
  root: string;
  reload: () => void;
  notice: (line: string) => void;
}): () => void {
  const { root, reload, notice } = options;
  let timer: NodeJS.Timeout | undefined;
  let bundling = false;
  let again = false;

  const rebundle = async (changed: string) => {
    if (bundling) {
      again = true;
      return;
    }
    bundling = true;
    const before = performance.now();
    try {
      await bundle(root, notice);
      reload();
      notice(
        `${changed} has changed: the functions run the new code (${Math.round(performance.now() - before)} ms).`,
      );
    } catch (error) {
      notice(
        `${error instanceof Error ? error.message : String(error)}\nThe functions go on with the old code.`,
      );
    } finally {
      bundling = false;
    }
    if (again) {
      again = false;
      await rebundle(changed);
    }
  };

  const watching = (at: string, changed: () => void): FSWatcher[] => {
    const lost = once(({ message }: Error) =>
      notice(`${at} cannot be watched (${message}): start again to run what you edit there.`),
    );
    try {
      return [watch(join(root, at), { recursive: true }, changed).on('error', lost)];
    } catch (error) {
      lost(error as Error);
      return [];
    }
  };
  const watchers = [
    ...bundled
      .filter((at) => existsSync(join(root, at)))
      .flatMap((at) =>
        watching(at, () => {
          clearTimeout(timer);
          timer = setTimeout(() => void rebundle(at), quietFor);
        }),
      ),
    ...watching(
      'infra/',
      once(() => notice('infra/ has changed: start again to run it.')),
    ),
  ];
  return () => {
    clearTimeout(timer);
    for (const watcher of watchers) watcher.close();
  };
}

function once<Given extends unknown[]>(call: (...given: Given) => void): (...given: Given) => void {
  let called = false;
  return (...given) => {
    if (!called) call(...given);
    called = true;
  };
}
