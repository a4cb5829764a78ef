import { useEffect, useState } from 'preact/hooks';
import type { Positions, Topic } from '../../local/console/shapes/status.ts';
import { base } from './api.ts';

export interface LiveState {
  connected: boolean;
  run: string;
  positions: Positions;
}

type Listener = (state: LiveState) => void;

let state: LiveState | undefined;
const listeners = new Set<Listener>();
let source: EventSource | undefined;

/** One stream for the page. The browser connects again by itself, and says what it heard last. */
function listen(listener: Listener): () => void {
  listeners.add(listener);
  if (!source) {
    source = new EventSource(`${base}/api/live`);
    source.onmessage = ({ data }: MessageEvent<string>) => {
      const { run, ...positions } = JSON.parse(data) as Positions & { run: string };
      tell({ connected: true, run, positions });
    };
    source.onopen = () => state && tell({ ...state, connected: true });
    source.onerror = () => state && tell({ ...state, connected: false });
  }
  if (state) listener(state);
  return () => listeners.delete(listener);
}

function tell(next: LiveState): void {
  state = next;
  for (const listener of listeners) listener(next);
}

export function useLive(): LiveState | undefined {
  const [current, setCurrent] = useState(state);
  useEffect(() => listen(setCurrent), []);
  return current;
}

/** Another text whenever there is news of one of the topics, or the runtime has started anew. */
export function useNews(topics: readonly Topic[]): string {
  const live = useLive();
  if (!live) return '';
  return [live.run, ...topics.map((topic) => live.positions[topic])].join('.');
}
