import type { State } from '../../local/console/shapes/pipeline.ts';

const paths: Record<State, string> = {
  ok: 'M3.5 8.5l3 3 6-7',
  failed: 'M4 4l8 8M12 4l-8 8',
  retrying: 'M13 8a5 5 0 1 1-1.6-3.7M13 2.5V5h-2.5',
  waiting: 'M8 4.5V8l2.5 1.5M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12z',
  quiet: 'M4 8h8',
};

const words: Record<State, string> = {
  ok: 'Done',
  failed: 'Failed',
  retrying: 'Retrying',
  waiting: 'Under way',
  quiet: 'Nothing',
};

/** A state by its form as well as by its colour. Beside words that say it the label is empty. */
export const Sign = ({ state, label }: { state: State; label?: string }) => (
  <svg
    class={`sign ${state}`}
    viewBox="0 0 16 16"
    {...(label === '' ? { 'aria-hidden': 'true' } : { role: 'img', 'aria-label': label ?? words[state] })}
  >
    <path d={paths[state]} />
  </svg>
);

export const Badge = ({ state, children }: { state: State; children?: string }) => (
  <span class={`badge ${state}`}>
    <Sign state={state} label="" />
    {children ?? words[state]}
  </span>
);
