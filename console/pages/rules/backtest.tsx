import type { RuleTrial } from '../../../local/console/shapes/rules.ts';
import { Panel } from '../../parts/panel.tsx';
import { clockTime, number } from '../../parts/text.ts';
import { pathTo } from '../../shell/router.ts';

const height = 34;
const shownMatches = 5;
/** Of so many bars is the strip wide at least. */
const fewest = 80;

/** On the newest events, the oldest at the left: a high bar for each that matches, a low one for each that does not. */
export function Backtest({ of: { matched, of, strip } }: { of: NonNullable<RuleTrial['backtest']> }) {
  const matches = strip
    .filter((each) => each.matched)
    .slice(-shownMatches)
    .reverse();
  const words = `Matches ${number(matched)} of the last ${number(of)} events`;
  return (
    <Panel title={words}>
      {of === 0 ? (
        <p class="muted">The bus has taken no event yet.</p>
      ) : (
        <>
          <svg
            class="strip"
            viewBox={`${Math.min(0, strip.length - fewest)} 0 ${Math.max(strip.length, fewest)} ${height}`}
            preserveAspectRatio="none"
            role="img"
            aria-label={words}
          >
            {strip.map(({ key, matched: isMatch }, place) => (
              <rect
                key={key}
                class={isMatch ? 'match' : 'miss'}
                x={place + 0.1}
                width={0.8}
                y={isMatch ? 0 : height - 8}
                height={isMatch ? height : 8}
              />
            ))}
          </svg>
          {matches.length > 0 && (
            <p class="note">
              Newest matches:{' '}
              {matches.map(({ key, at }) => (
                <>
                  <a key={key} href={pathTo('events', key)} class="mono">
                    {clockTime(at)}
                  </a>{' '}
                </>
              ))}
            </p>
          )}
        </>
      )}
    </Panel>
  );
}
