import { useEffect, useState } from 'preact/hooks';
import type { Positions, Topic } from '../../local/console/shapes/status.ts';
import { base } from './api.ts';

export interface LiveState {
  connected: boolean;
  run: string;
  positions: Positions;
}

const againMs = 2_000;

type Listener = (state: LiveState) => void;

let state: LiveState | undefined;
const listeners = new Set<Listener>();
let source: EventSource | undefined;

/** One stream for the page. */
function listen(listener: Listener): () => void {
  listeners.add(listener);
  source ??= connect();
  if (state) listener(state);
  return () => listeners.delete(listener);
}

/** After a broken connection the browser comes again by itself, but not after an answer such as 503. */
function connect(): EventSource {
  const stream = new EventSource(`${base}/api/live`);
  stream.onmessage = ({ data }: MessageEvent<string>) => {
    const { run, ...positions } = JSON.parse(data) as Positions & { run: string };
    tell({ connected: true, run, positions });
  };
  stream.onopen = () => state && tell({ ...state, connected: true });
  stream.onerror = () => {
    if (state) tell({ ...state, connected: false });
    if (stream.readyState === EventSource.CLOSED) setTimeout(() => (source = connect()), againMs);
  };
  return stream;
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
