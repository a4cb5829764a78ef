import type { NodeKind, Pipeline, PipelineEdge } from '../../../local/console/shapes/pipeline.ts';
import { pathTo } from '../../shell/router.ts';
import { layOut, pathBetween, type Layout, type Placed } from './layout.ts';

const signs = {
  ok: 'M-3.5 0.5l2.5 2.5 4.5-5',
  failed: 'M-3-3l6 6M3-3l-6 6',
  retrying: '',
  waiting: '',
  quiet: '',
};

/** Where a box leads. */
function linkOf(kind: NodeKind, name: string): string {
  switch (kind) {
    case 'function':
      return `${pathTo('logs')}?group=${encodeURIComponent(`/aws/lambda/${name}`)}`;
    case 'log group':
      return `${pathTo('logs')}?group=${encodeURIComponent(name)}`;
    case 'table':
      return pathTo('tables', name);
    case 'rule':
      return pathTo('rules', name);
    case 'dead-letter queue':
    case 'bucket':
      return pathTo('failures', name);
    case 'queue':
      return pathTo('failures', name);
    case 'bus':
    case 'archive':
      return pathTo('events');
    case 'api':
    case 'client':
      return pathTo('orders');
    case 'schedule':
      return pathTo('rules', name);
  }
}

const kinds: Record<NodeKind, string> = {
  client: 'Direct call',
  api: 'API Gateway',
  schedule: 'Schedule',
  function: 'Lambda',
  table: 'DynamoDB',
  bus: 'Event bus',
  archive: 'Archive',
  bucket: 'Failure store',
  rule: 'Rule',
  queue: 'SQS',
  'dead-letter queue': 'DLQ',
  'log group': 'Log group',
};

/** Of a name that fits into its box as it is. */
const mostCharacters = 18;

const short = (name: string, most: number) => (name.length > most ? `${name.slice(0, most - 1)}…` : name);
const bare = (name: string) => name.replace(/^\/aws\/(lambda|events|vendedlogs)\//, '');

export function Graph({ pipeline }: { pipeline: Pipeline }) {
  const layout = layOut(pipeline);
  const { placed, width, height } = layout;
  return (
    <svg class="graph" viewBox={`0 0 ${width} ${height}`} role="group" aria-label="The pipeline">
      {pipeline.edges.map((edge) => (
        <Edge key={`${edge.from} ${edge.to}`} edge={edge} layout={layout} />
      ))}
      {[...placed.values()].map((each) => (
        <Node key={each.node.id} placed={each} />
      ))}
    </svg>
  );
}

function Edge({ edge, layout }: { edge: PipelineEdge; layout: Layout }) {
  const [from, to] = [layout.placed.get(edge.from), layout.placed.get(edge.to)];
  if (!from || !to) return null;
  const { path, x, y } = pathBetween(from, to, layout);
  const state = edge.failed > 0 ? 'failed' : edge.perSecond > 0 ? 'busy' : 'idle';
  const rate = edge.perSecond >= 10 ? String(Math.round(edge.perSecond)) : edge.perSecond.toFixed(1);
  return (
    <g class={`edge ${state}`}>
      <title>{`${edge.label}: ${edge.total} since the start, ${rate} a second now, ${edge.failed} failed in the last minute`}</title>
      <path d={path} />
      <path class="head" d={`M${to.x - 5} ${to.y + to.height / 2 - 3.5}l5 3.5-5 3.5z`} />
      {state !== 'idle' && (
        <text x={x} y={y + 3.5} text-anchor="middle">
          {state === 'failed' ? `✕ ${edge.failed}` : `${rate}/s`}
        </text>
      )}
    </g>
  );
}

function Node({ placed: { node, x, y, width, height } }: { placed: Placed }) {
  const { id, kind, name, state, count, trouble, owners } = node;
  const isAttached = owners.length > 0;
  const shown =
    kind === 'bucket' || kind === 'dead-letter queue' ? kinds[kind] : short(bare(name), isAttached ? 18 : 22);
  const label = `${kinds[kind]} ${name}: ${count}${trouble === '' ? '' : `. ${trouble}`}`;
  return (
    <a href={linkOf(kind, name)} class={`node ${state}${isAttached ? ' attached' : ''}`} data-id={id}>
      <title>{label}</title>
      {isAttached && <path class="tie" d={`M${x - 7} ${y - 6}v${height / 2 + 6}h7`} />}
      <rect x={x} y={y} width={width} height={height} rx="7" />
      {isAttached ? (
        <>
          <text class="name" x={x + 10} y={y + 15}>
            {kind === 'archive' ? 'Archive' : shown}
          </text>
          <text class="count" x={x + 10} y={y + 28}>
            {count}
          </text>
        </>
      ) : (
        <>
          <text class="kind" x={x + 10} y={y + 15}>
            {kinds[kind]}
          </text>
          <text
            class="name"
            x={x + 10}
            y={y + 31}
            {...(shown.length > mostCharacters && {
              textLength: width - 20,
              lengthAdjust: 'spacingAndGlyphs',
            })}
          >
            {shown}
          </text>
          <text class="count" x={x + 10} y={y + 46}>
            {count}
          </text>
        </>
      )}
      {signs[state] !== '' && (
        <g transform={`translate(${x + width - 12} ${y + 12})`} class="node-sign">
          <circle r="7.5" />
          <path d={signs[state]} />
        </g>
      )}
    </a>
  );
}
