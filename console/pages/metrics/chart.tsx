import uPlot from 'uplot';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { MetricSeries } from '../../../local/console/shapes/metrics.ts';
import { clockTime } from '../../parts/text.ts';

/** Lines are told apart by their dashes as well as by their colours. */
const styles = [
  { light: '#1a58c4', dark: '#80b0ff', dash: [] },
  { light: '#b25e00', dark: '#f0b056', dash: [6, 3] },
  { light: '#0b7a75', dark: '#52d0c6', dash: [2, 2] },
  { light: '#7a3fc0', dark: '#c59bff', dash: [8, 3, 2, 3] },
  { light: '#b42318', dark: '#ff8f85', dash: [10, 4] },
  { light: '#59636f', dark: '#9ba6b3', dash: [3, 5] },
];
const styleOf = (index: number) => styles[index % styles.length] ?? { light: '#000', dark: '#fff', dash: [] };
const thresholdStyle = { light: '#b42318', dark: '#ff8f85', dash: [4, 4] };
const height = 150;
// eslint-disable-next-line @typescript-eslint/no-unsafe-enum-assignment -- uPlot's Side.Right is of its types only
const right: uPlot.Axis.Side = 1;
const isDark = () => matchMedia('(prefers-color-scheme: dark)').matches;

export interface ChartProps {
  title: string;
  times: readonly number[];
  series: readonly MetricSeries[];
  lines: readonly { value: number; label: string }[];
  /** A period that was clicked. */
  onMinute: (at: number) => void;
}

/** One graph; the crosshair stands at the same time in all of a page. */
export function Chart({ title, times, series, lines, onMinute }: ChartProps) {
  const frame = useRef<HTMLDivElement>(null);
  const chart = useRef<uPlot | undefined>(undefined);
  const [at, setAt] = useState<number | null>(null);
  const [dark, setDark] = useState(isDark);
  const clicked = useRef(onMinute);
  clicked.current = onMinute;
  const data = dataOf(times, series, lines);
  const shape = [
    dark,
    ...series.map(({ label, side }) => `${label} ${side}`),
    ...lines.map(({ value }) => value),
  ].join('|');

  useEffect(() => {
    const query = matchMedia('(prefers-color-scheme: dark)');
    const change = () => setDark(query.matches);
    query.addEventListener('change', change);
    return () => query.removeEventListener('change', change);
  }, []);
  useEffect(() => {
    const element = frame.current;
    if (!element) return undefined;
    const plot = new uPlot(
      optionsOf(element.clientWidth, series, lines, dark, setAt, (time) => clicked.current(time)),
      data,
      element,
    );
    chart.current = plot;
    const observer = new ResizeObserver(() => plot.setSize({ width: element.clientWidth, height }));
    observer.observe(element);
    return () => {
      observer.disconnect();
      plot.destroy();
    };
  }, [shape]);
  useEffect(() => chart.current?.setData(data), [JSON.stringify(data)]);

  const index = at ?? lastWithValue(series);
  const isEmpty = lastWithValue(series) < 0;
  const press = (event: KeyboardEvent) => {
    const by = { ArrowLeft: -1, ArrowRight: 1, Enter: 0 }[event.key];
    if (by === undefined || isEmpty) return;
    event.preventDefault();
    const next = Math.min(Math.max(index + by, 0), times.length - 1);
    if (by === 0) onMinute(times[next] ?? 0);
    else point(chart.current, next);
  };
  return (
    <figure class="chart">
      <figcaption>
        <b>{title}</b>
        <span class="note">{index < 0 ? '' : clockTime(times[index] ?? 0).slice(0, 5)}</span>
      </figcaption>
      <div
        ref={frame}
        class="plot"
        role="img"
        tabIndex={0}
        aria-label={`${title}: ${summary(series)}`}
        onKeyDown={press}
      >
        {isEmpty && <span class="no-data">No data in this time</span>}
      </div>
      <ul class="legend">
        {series.map(({ label, side, values }, place) => (
          <li key={`${label} ${place}`}>
            <Dash of={styleOf(place)} dark={dark} />
            {label}
            {side === 'right' && <span class="note"> right axis</span>}
            <b>{shownValue(values[index])}</b>
          </li>
        ))}
        {lines.map(({ value, label }) => (
          <li key={`${label} ${value}`}>
            <Dash of={thresholdStyle} dark={dark} />
            {label}
            <b>{shownValue(value)}</b>
          </li>
        ))}
      </ul>
    </figure>
  );
}

const Dash = ({ of, dark }: { of: typeof thresholdStyle; dark: boolean }) => (
  <svg width="22" height="8" aria-hidden="true">
    <line
      x1="0"
      x2="22"
      y1="4"
      y2="4"
      stroke={dark ? of.dark : of.light}
      stroke-width="2"
      stroke-dasharray={of.dash.join(' ')}
    />
  </svg>
);

/** As the pointer would; those of the page's other charts follow. */
function point(plot: uPlot | undefined, index: number): void {
  const time = plot?.data[0][index];
  if (time !== undefined) plot?.setCursor({ left: plot.valToPos(time, 'x'), top: 0 });
}

const shownValue = (value: number | null | undefined): string =>
  value === null || value === undefined ? '–' : Number(value.toPrecision(4)).toLocaleString('en-US');

const summary = (series: readonly MetricSeries[]): string =>
  series
    .map(({ label, values }) => `${label} ${shownValue(values.filter((value) => value !== null).at(-1))}`)
    .join(', ') || 'no data';

const lastWithValue = (series: readonly MetricSeries[]): number =>
  Math.max(-1, ...series.map(({ values }) => values.findLastIndex((value) => value !== null)));

const dataOf = (
  times: readonly number[],
  series: readonly MetricSeries[],
  lines: ChartProps['lines'],
): uPlot.AlignedData => [
  times.map((time) => time / 1000),
  ...series.map(({ values }) => values),
  ...lines.map(({ value }) => times.map(() => value)),
];

function optionsOf(
  width: number,
  series: readonly MetricSeries[],
  lines: ChartProps['lines'],
  dark: boolean,
  hovered: (index: number | null) => void,
  clicked: (at: number) => void,
): uPlot.Options {
  const ink = dark ? '#9ba6b3' : '#59636f';
  const grid = { stroke: dark ? '#282f39' : '#e8ebef', width: 1 };
  const axis = { stroke: ink, grid, ticks: { show: false }, font: '11px system-ui, sans-serif', size: 46 };
  const hasRight = series.some(({ side }) => side === 'right');
  const zeroBased: uPlot.Scale = {
    range: (_, __, max) => [0, Number.isFinite(max) && max > 0 ? max * 1.1 : 1],
  };
  return {
    width,
    height,
    legend: { show: false },
    cursor: { sync: { key: 'metrics' }, points: { size: 6 }, drag: { x: false, y: false } },
    scales: { left: zeroBased, right: zeroBased },
    axes: [
      { ...axis, size: 24, values: (_, ticks) => ticks.map((time) => clockTime(time * 1000).slice(0, 5)) },
      { ...axis, scale: 'left', values: shortened },
      ...(hasRight
        ? [{ ...axis, scale: 'right', side: right, grid: { show: false }, values: shortened }]
        : []),
    ],
    series: [
      {},
      ...series.map(({ label, side }, index): uPlot.Series => {
        const { light, dark: onDark, dash } = styleOf(index);
        return {
          label,
          scale: side,
          stroke: dark ? onDark : light,
          width: 1.6,
          dash,
          // As CloudWatch draws it: from one value to the next, whatever lies between.
          spanGaps: true,
          points: { show: true, size: 4 },
        };
      }),
      ...lines.map(({ label }): uPlot.Series => ({
        label,
        scale: 'left',
        stroke: dark ? thresholdStyle.dark : thresholdStyle.light,
        width: 1,
        dash: thresholdStyle.dash,
        points: { show: false },
      })),
    ],
    hooks: {
      setCursor: [({ cursor: { idx } }) => hovered(idx ?? null)],
      ready: [
        (plot) => {
          plot.over.addEventListener('click', () => {
            const time = plot.data[0][plot.cursor.idx ?? -1];
            if (time !== undefined) clicked(time * 1000);
          });
        },
      ],
    },
  };
}

const shortened = (_: uPlot, ticks: number[]) => ticks.map(compact);

const compact = (value: number): string =>
  value >= 1_000_000 ? `${value / 1_000_000}M` : value >= 1_000 ? `${value / 1_000}k` : String(value);
