import { useEffect, useRef, useState } from 'preact/hooks';
import type { Status, Topic } from '../../local/console/shapes/status.ts';
import { ApiError, get } from './api.ts';
import { useNews } from './live.ts';

export interface Loaded<T> {
  data: T | undefined;
  /** Why there is none. */
  error: ApiError | undefined;
  reload: () => void;
}

/**
 * What the console's API has at the path, asked again at news of the topics. The last answer stays while the next is under
 * way, and one question waits for the other: under load the page is as fresh as the machine allows.
 */
export function useData<T>(path: string | undefined, topics: readonly Topic[] = []): Loaded<T> {
  const news = useNews(topics);
  const [asked, setAsked] = useState(0);
  const [loaded, setLoaded] = useState<{ path: string; data?: T; error?: ApiError }>();
  const running = useRef<{ path: string; again: boolean } | undefined>(undefined);

  useEffect(() => {
    if (path === undefined) return undefined;
    if (running.current?.path === path) {
      running.current.again = true;
      return undefined;
    }
    const run = { path, again: true };
    running.current = run;
    void (async () => {
      while (run.again && running.current === run) {
        run.again = false;
        const next = await get<T>(path).then(
          (data) => ({ path, data }),
          (error: unknown) => ({
            path,
            error: error instanceof ApiError ? error : new ApiError(0, String(error)),
          }),
        );
        if (running.current === run) setLoaded(next);
      }
      if (running.current === run) running.current = undefined;
    })();
    return undefined;
  }, [path, news, asked]);

  const isCurrent = loaded?.path === path;
  return {
    data: loaded?.data,
    error: isCurrent ? loaded?.error : undefined,
    reload: () => setAsked((times) => times + 1),
  };
}

/** The runtime's time, which may have been moved ahead of this machine's. */
export const useRuntimeNow = (): number =>
  Date.now() + (useData<Status>('/status', ['changes']).data?.aheadMs ?? 0);

/** The answer to the newest question: one that comes late does not take the place of a later one's. */
export function useNewest<T>(): [T | undefined, (answer: Promise<T>) => void] {
  const [value, setValue] = useState<T>();
  const asked = useRef(0);
  const shown = useRef(0);
  const set = (answer: Promise<T>) => {
    asked.current += 1;
    const place = asked.current;
    void answer.then((next) => {
      if (place < shown.current) return;
      shown.current = place;
      setValue(() => next);
    });
  };
  return [value, set];
}
