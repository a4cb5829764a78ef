import { Fragment, type ComponentChildren } from 'preact';
import type { Verdict, VerdictClause } from '../../local/console/shapes/rules.ts';
import { pathTo } from '../shell/router.ts';
import { Badge, Sign } from './sign.tsx';

/** What each rule says of an event, and the clause that decides where it does not match. */
export const Verdicts = ({
  of,
  action,
}: {
  of: readonly Verdict[];
  action?: (rule: string) => ComponentChildren;
}) => (
  <div>
    <h3>Rules</h3>
    <ul class="verdicts">
      {of.map((verdict) => {
        const { rule, matched, enabled, reason } = verdict;
        return (
          <li key={rule}>
            <div class="verdict-head">
              <a href={pathTo('rules', rule)}>{rule}</a>
              <Badge state={matched && enabled ? 'ok' : 'quiet'}>
                {matched ? (enabled ? 'Matches' : 'Matches, but disabled') : 'No match'}
              </Badge>
              {action?.(rule)}
            </div>
            {reason !== null && <p class="why">because {reason}</p>}
            <details>
              <summary>Each clause</summary>
              <Clauses of={verdict.clauses} />
            </details>
          </li>
        );
      })}
    </ul>
  </div>
);

const words: Record<VerdictClause['verdict'], string> = {
  met: 'met',
  missed: 'not met',
  absent: 'the event has none',
  elsewhere: 'met in another element',
};

export const Clauses = ({ of }: { of: readonly VerdictClause[] }) => (
  <table class="clauses">
    <thead>
      <tr>
        <th>Field</th>
        <th>Wanted</th>
        <th>Found</th>
        <th>Verdict</th>
      </tr>
    </thead>
    <tbody>
      {of.map(({ branch, path, operator, expected, actual, verdict }) => (
        <tr key={`${branch} ${path} ${operator} ${expected}`} class={verdict === 'met' ? '' : 'missed'}>
          <td class="mono path">
            <Path of={path} />
          </td>
          <td class="mono path">
            <Path of={operator === 'equals' ? expected : `${operator} ${expected}`} />
          </td>
          <td class="mono path">
            {actual.length === 0 ? <span class="muted">none</span> : <Path of={actual.join(', ')} />}
          </td>
          <td class="nowrap">
            <Sign state={verdict === 'met' ? 'ok' : 'failed'} label="" /> {words[verdict]}
          </td>
        </tr>
      ))}
    </tbody>
  </table>
);

const Path = ({ of }: { of: string }) => (
  <>
    {of.split('.').map((part, place) => (
      <Fragment key={place}>
        {place > 0 && '.'}
        {place > 0 && <wbr />}
        {part}
      </Fragment>
    ))}
  </>
);
