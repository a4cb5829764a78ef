import type { Chain, Step } from '../../../local/console/shapes/journey.ts';
import type { NodeKind } from '../../../local/console/shapes/pipeline.ts';
import { duration } from '../../parts/text.ts';
import { scaleOf, type Scale } from './scale.ts';

const words: Record<NodeKind, string> = {
  client: '',
  api: '',
  schedule: '',
  function: 'Lambda',
  table: 'Table',
  bus: 'Bus',
  archive: '',
  bucket: 'Failures',
  rule: 'Rule',
  queue: 'Queue',
  'dead-letter queue': 'DLQ',
  'log group': 'Log',
};

/** In percent: a gap narrower than this says its reason when it is pointed at, and in the compact view. */
const widestUnlabelled = 20;

interface Choice {
  chosen: string | undefined;
  choose: (key: string) => void;
}

/** A lane for each part, the steps where they happened, and why nothing happened between them. */
export function Timeline({ chain, ...choice }: { chain: Chain } & Choice) {
  const scale = scaleOf(chain);
  return (
    <div class="timeline">
      <div class="axis" aria-hidden="true">
        {scale.ticks.map(({ at, ms, place }) => (
          <span key={at} style={{ left: `${place}%` }}>
            {ms === 0 ? '0' : `+${duration(ms).replace('.0 ', ' ')}`}
          </span>
        ))}
      </div>
      <div class="lanes">
        {chain.lanes.map(({ id, kind, name }) => (
          <div class="lane" key={id}>
            <div class="lane-name" title={name}>
              <span class="lane-kind">{words[kind]}</span>
              <span class="cut">{name.replace(/^\/aws\/\w+\//, '')}</span>
            </div>
            <div class="track">
              <Gaps chain={chain} lane={id} scale={scale} />
              {chain.steps
                .filter(({ lane }) => lane === id)
                .map((step) => (
                  <Bars key={step.key} step={step} start={chain.at} scale={scale} {...choice} />
                ))}
            </div>
          </div>
        ))}
        <div class="overlay" aria-hidden="true">
          {scale.ticks.map(({ at, place }) => (
            <i key={at} style={{ left: `${place}%` }} />
          ))}
          {scale.folds.map(({ from, to, ms }) => (
            <b key={from} style={{ left: `${from}%`, width: `${to - from}%` }}>
              <span>{duration(ms)}</span>
            </b>
          ))}
        </div>
      </div>
    </div>
  );
}

const Gaps = ({ chain, lane, scale }: { chain: Chain; lane: string; scale: Scale }) => (
  <>
    {chain.gaps
      .filter((gap) => gap.lane === lane)
      .map(({ from, to, label }) => {
        const [left, right] = [scale.place(from), scale.place(to)];
        return (
          <span
            key={from}
            class="gap"
            style={{ left: `${left}%`, width: `${right - left}%` }}
            title={`${label}: ${duration(to - from)}`}
          >
            {right - left > widestUnlabelled && `${label} ${duration(to - from)}`}
          </span>
        );
      })}
  </>
);

function Bars({ step, start, scale, chosen, choose }: { step: Step; start: number; scale: Scale } & Choice) {
  const { key, kind, state, title, note, bars } = step;
  return (
    <>
      {bars.map((bar, index) => {
        const left = scale.place(bar.at);
        const width = scale.place(bar.at + bar.ms) - left;
        const at = `${duration(bar.at - start)} after the start, took ${duration(bar.ms)}`;
        const words = bars.length > 1 ? `${title}. ${bar.label}` : title;
        return (
          <button
            type="button"
            key={index}
            class={`bar ${bars.length > 1 ? bar.state : state} ${bar.ms === 0 ? 'point' : ''} ${kind}`}
            style={{ left: `${left}%`, ...(bar.ms > 0 && { width: `${width}%` }) }}
            title={`${words}\n${at}${note === '' ? '' : `\n${note}`}`}
            aria-label={`${words}, ${state}, ${at}`}
            aria-pressed={chosen === key}
            onClick={() => choose(key)}
          >
            {bar.state === 'failed' ? '✕' : ''}
          </button>
        );
      })}
    </>
  );
}
