import uPlot from 'uplot';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { MetricSeries } from '../../../local/console/shapes/metrics.ts';
import { clockTime } from '../../parts/text.ts';
import { dataOf, height, optionsOf, type Plotted, styleOf, thresholdStyle } from './plot.ts';

const isDark = () => matchMedia('(prefers-color-scheme: dark)').matches;

export interface ChartProps extends Plotted {
  title: string;
  /** A period that was clicked. */
  onMinute: (at: number) => void;
}

/** One graph; the crosshair stands at the same time in all of a page. */
export function Chart({ title, onMinute, ...plotted }: ChartProps) {
  const { times, series, lines } = plotted;
  const frame = useRef<HTMLDivElement>(null);
  const chart = useRef<uPlot | undefined>(undefined);
  const [at, setAt] = useState<number | null>(null);
  const [dark, setDark] = useState(isDark);
  const clicked = useRef(onMinute);
  clicked.current = onMinute;
  const data = dataOf(plotted);
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
      optionsOf(element.clientWidth, plotted, dark, setAt, (time) => clicked.current(time)),
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
