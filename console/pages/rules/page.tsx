import type { RuleInfo } from '../../../local/console/shapes/rules.ts';
import { Empty, Panel } from '../../parts/panel.tsx';
import { number } from '../../parts/text.ts';
import { useData } from '../../shell/data.ts';
import { pathTo, useRoute } from '../../shell/router.ts';
import { Sandbox } from './sandbox.tsx';

export function RulesPage() {
  const { path } = useRoute();
  const { data: rules } = useData<RuleInfo[]>('/rules', ['attempts', 'changes']);
  const rule = rules?.find(({ name }) => name === path[1]) ?? rules?.find(({ pattern }) => pattern !== null);
  return (
    <>
      <div class="page-head">
        <h1>Rules</h1>
        <p class="muted">
          What you try here is scratch: the template stays the truth. Copy the snippet to ship it.
        </p>
      </div>
      <div class="rules">
        <Panel title="On the buses" flush>
          {rules?.length === 0 && <Empty title="The template has no rule" />}
          <ul class="rule-list">
            {rules?.map(({ name, bus, matched, schedule, declared, enabled }) => (
              <li key={`${bus} ${name}`}>
                <a href={pathTo('rules', name)} aria-current={name === rule?.name ? 'true' : undefined}>
                  <b class="cut">{name}</b>
                  <span class="note">
                    {schedule ?? `${bus}, ${number(matched)} matched`}
                    {!declared && ', scratch'}
                    {!enabled && ', disabled'}
                  </span>
                </a>
              </li>
            ))}
          </ul>
        </Panel>
        {rule && <Sandbox key={rule.name} rule={rule} />}
      </div>
    </>
  );
}
