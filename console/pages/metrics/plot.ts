import type uPlot from 'uplot';
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
export const styleOf = (index: number) =>
  styles[index % styles.length] ?? { light: '#000', dark: '#fff', dash: [] };
export const thresholdStyle = { light: '#b42318', dark: '#ff8f85', dash: [4, 4] };
export const height = 150;
// eslint-disable-next-line @typescript-eslint/no-unsafe-enum-assignment -- uPlot's Side.Right is of its types only
const right: uPlot.Axis.Side = 1;

export interface Plotted {
  times: readonly number[];
  series: readonly MetricSeries[];
  lines: readonly { value: number; label: string }[];
}

export const dataOf = ({ times, series, lines }: Plotted): uPlot.AlignedData => [
  times.map((time) => time / 1000),
  ...series.map(({ values }) => values),
  ...lines.map(({ value }) => times.map(() => value)),
];

export function optionsOf(
  width: number,
  { series, lines }: Plotted,
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
