import type { Chain, Gap, Step } from '../../../local/console/shapes/journey.ts';
import { Sign } from '../../parts/sign.tsx';
import { clockTime, duration } from '../../parts/text.ts';

interface Choice {
  chosen: string | undefined;
  choose: (key: string) => void;
}

/** The steps one below the other, as they followed. */
export const Compact = ({ chain, chosen, choose }: { chain: Chain } & Choice) => (
  <table class="compact">
    <thead>
      <tr>
        <th>Time</th>
        <th class="number">After</th>
        <th class="number">Took</th>
        <th>Where</th>
        <th>What</th>
      </tr>
    </thead>
    <tbody>
      {rowsOf(chain).map((row) =>
        'label' in row ? (
          <tr key={`${row.lane} ${row.from}`} class="wait">
            <td class="mono nowrap">{clockTime(row.from)}</td>
            <td class="number nowrap">{duration(row.from - chain.at)}</td>
            <td class="number nowrap">{duration(row.to - row.from)}</td>
            <td class="nowrap">{nameOf(chain, row.lane)}</td>
            <td>Waits: {row.label}</td>
          </tr>
        ) : (
          <Row key={row.key} step={row} chain={chain} chosen={chosen} choose={choose} />
        ),
      )}
    </tbody>
  </table>
);

/** The steps, and what lay between them. */
const rowsOf = ({ steps, gaps }: Chain): (Step | Gap)[] =>
  [...steps, ...gaps].sort((a, b) => ('at' in a ? a.at : a.from) - ('at' in b ? b.at : b.from));

const nameOf = ({ lanes }: Chain, lane: string) => lanes.find(({ id }) => id === lane)?.name;

function Row({ step, chain, chosen, choose }: { step: Step; chain: Chain } & Choice) {
  const { key, at, ms, lane, title, state, note } = step;
  return (
    <tr key={key} class={chosen === key ? 'chosen' : ''}>
      <td class="mono nowrap">{clockTime(at)}</td>
      <td class="number nowrap">{duration(at - chain.at)}</td>
      <td class="number nowrap">{ms === 0 ? '' : duration(ms)}</td>
      <td class="nowrap">{nameOf(chain, lane)}</td>
      <td>
        <span class="signed">
          <Sign state={state} />
          <button type="button" class="plain" onClick={() => choose(key)} aria-pressed={chosen === key}>
            {title}
          </button>
        </span>
        {note !== '' && <div class={state === 'failed' ? 'note error-text' : 'note'}>{note}</div>}
      </td>
    </tr>
  );
}
