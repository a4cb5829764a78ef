import { useState } from 'preact/hooks';
import type { FaultState, Status } from '../../../local/console/shapes/status.ts';
import { Panel } from '../../parts/panel.tsx';
import { Sign } from '../../parts/sign.tsx';
import { duration, number } from '../../parts/text.ts';
import { ApiError, post } from '../../shell/api.ts';
import { useData } from '../../shell/data.ts';
import { forgetTokens } from '../orders/http.ts';

const shares = [0, 0.1, 0.3, 1];
const moves = ['10s', '10m', '1h', '25h'];

/** What can be made to go wrong, and time to be moved: nothing of it may lose an event. */
export function Chaos() {
  const { data, reload } = useData<Status>('/status', ['changes', 'attempts']);
  const subjects = useData<string[]>('/subjects');
  const [said, setSaid] = useState('');
  const say = (failure: unknown) => setSaid(failure instanceof ApiError ? failure.message : String(failure));
  const change = (path: string, body: unknown) => void post(path, body).then(reload, say);
  const advance = (by: string) => {
    forgetTokens();
    change('/clock', { advance: by });
  };
  const isOn = data?.faults.some(({ share }) => share > 0) === true;
  const off = Object.fromEntries(data?.faults.map(({ name }) => [name, 0]) ?? []);
  return (
    <div>
      <Panel
        title="Make it go wrong"
        actions={
          <button type="button" disabled={!isOn} onClick={() => change('/faults', off)}>
            All off
          </button>
        }
      >
        <ul class="switches">
          {data?.faults.map((fault) => (
            <Switch
              key={fault.name}
              fault={fault}
              subjects={subjects.data ?? []}
              set={(share, only) => change('/faults', { [fault.name]: { share, only } })}
            />
          ))}
        </ul>
        {said !== '' && <p class="error-text">{said}</p>}
      </Panel>
      <Panel title="Move time on">
        <p class="note">
          Retries, expiry and schedules follow, and the functions with them. Time goes forward only.
        </p>
        <div class="actions">
          {moves.map((by) => (
            <button key={by} type="button" onClick={() => advance(by)}>
              +{by}
            </button>
          ))}
        </div>
        <p class="note">
          {data && data.aheadMs > 0
            ? `The runtime is ${duration(data.aheadMs)} ahead of this machine.`
            : 'The runtime goes by this machine.'}
        </p>
      </Panel>
    </div>
  );
}

function Switch({
  fault,
  subjects,
  set,
}: {
  fault: FaultState;
  subjects: readonly string[];
  set: (share: number, only: string) => void;
}) {
  const { name, words, share, only, struck } = fault;
  return (
    <li>
      <div class="switch-head">
        {share > 0 && <Sign state="retrying" label="on" />} <b>{name}</b>
        <span class="note">{struck > 0 ? `struck ${number(struck)}` : ''}</span>
        <span class="tabs" role="group" aria-label={`Share of ${name}`}>
          {shares.map((each) => (
            <button
              key={each}
              type="button"
              aria-current={each === share ? 'true' : undefined}
              onClick={() => set(each, only ?? '')}
            >
              {each === 0 ? 'off' : `${each * 100} %`}
            </button>
          ))}
        </span>
      </div>
      <p class="note">{words}</p>
      {share > 0 && (
        <label class="narrow">
          <span>only</span>
          <select value={only ?? ''} onChange={({ currentTarget: { value } }) => set(share, value)}>
            <option value="">all that it can strike</option>
            {subjects.map((subject) => (
              <option key={subject}>{subject}</option>
            ))}
          </select>
        </label>
      )}
    </li>
  );
}
