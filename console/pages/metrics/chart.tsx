import uPlot from 'uplot';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { MetricSeries } from '../../../local/console/shapes.ts';
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
const height = 150;
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
  return (
    <figure class="chart">
      <figcaption>
        <b>{title}</b>
        <span class="note">{index < 0 ? '' : clockTime(times[index] ?? 0).slice(0, 5)}</span>
      </figcaption>
      <div ref={frame} class="plot" role="img" aria-label={`${title}: ${summary(series)}`} />
      <ul class="legend">
        {series.map(({ label, side, values }, place) => (
          <li key={`${label} ${place}`}>
            <Dash index={place} dark={dark} />
            {label}
            {side === 'right' && <span class="note"> right axis</span>}
            <b>{shownValue(values[index])}</b>
          </li>
        ))}
      </ul>
    </figure>
  );
}

const Dash = ({ index, dark }: { index: number; dark: boolean }) => {
  const { light, dark: onDark, dash } = styleOf(index);
  return (
    <svg width="22" height="8" aria-hidden="true">
      <line
        x1="0"
        x2="22"
        y1="4"
        y2="4"
        stroke={dark ? onDark : light}
        stroke-width="2"
        stroke-dasharray={dash.join(' ')}
      />
    </svg>
  );
};

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
      { ...axis, size: 24 },
      { ...axis, scale: 'left', values: (_, ticks) => ticks.map(compact) },
      ...(hasRight
        ? [
            {
              ...axis,
              scale: 'right',
              side: 1 as uPlot.Axis.Side,
              grid: { show: false },
              values: (_: uPlot, ticks: number[]) => ticks.map(compact),
            },
          ]
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
          spanGaps: false,
          points: { show: true, size: 4 },
        };
      }),
      ...lines.map(({ label }): uPlot.Series => ({
        label,
        scale: 'left',
        stroke: dark ? '#ff8f85' : '#b42318',
        width: 1,
        dash: [4, 4],
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

const compact = (value: number): string =>
  value >= 1_000_000 ? `${value / 1_000_000}M` : value >= 1_000 ? `${value / 1_000}k` : String(value);
