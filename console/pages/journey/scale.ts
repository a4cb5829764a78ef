import type { Chain } from '../../../local/console/shapes/journey.ts';

export interface Scale {
  /** In percent of the width. */
  place(at: number): number;
  /** Times in which nothing happened, shown shorter than they were. */
  folds: { from: number; to: number; ms: number }[];
  ticks: { at: number; place: number; ms: number }[];
}

interface Span {
  from: number;
  to: number;
}

const shortestFoldMs = 1_500;
/** Of all that is drawn. */
const foldShare = 0.05;
/** Beyond it a label would not fit. */
const lastTick = 96;
/** In percent: so near to the middle of a fold its own label stands. */
const labelWidth = 11;
const margin = { left: 1, right: 3 };

/** Time from left to right, with long idle times folded: an hour's wait does not squeeze the rest to a point. */
export function scaleOf({ steps, gaps, at, endedAt }: Chain): Scale {
  const shortGaps = gaps.filter(({ from, to }) => to - from < shortestFoldMs);
  const busy = merged([
    { from: at, to: at },
    { from: endedAt, to: endedAt },
    ...steps.flatMap(({ bars }) => bars.map((bar) => ({ from: bar.at, to: bar.at + bar.ms }))),
    ...shortGaps.map(({ from, to }) => ({ from, to })),
  ]);
  const busyMs = Math.max(
    1,
    busy.reduce((sum, { from, to }) => sum + to - from, 0),
  );
  const pieces: (Span & { folded: boolean })[] = [];
  for (const [index, span] of busy.entries()) {
    const before = busy[index - 1];
    if (before) {
      const idle = span.from - before.to;
      pieces.push({ from: before.to, to: span.from, folded: idle >= Math.max(shortestFoldMs, busyMs / 2) });
    }
    pieces.push({ ...span, folded: false });
  }
  const shownMs = Math.max(
    1,
    pieces.reduce((sum, { from, to, folded }) => sum + (folded ? 0 : to - from), 0),
  );
  const foldMs = shownMs * foldShare;
  const totalMs = shownMs + pieces.filter(({ folded }) => folded).length * foldMs;

  const shown = (time: number): number => {
    let sum = 0;
    for (const { from, to, folded } of pieces) {
      if (time <= from) break;
      const share = Math.min(1, (time - from) / Math.max(to - from, Number.MIN_VALUE));
      sum += share * (folded ? foldMs : to - from);
    }
    return sum;
  };
  const place = (time: number) =>
    margin.left + (Math.max(0, shown(time)) / totalMs) * (100 - margin.left - margin.right);
  const step = niceStep(shownMs / 7);
  const ticks = pieces
    .filter(({ folded }) => !folded)
    .flatMap(({ from, to }) => {
      const first = Math.ceil((from - at) / step) * step;
      const count = Math.max(0, Math.floor((to - at - first) / step) + 1);
      return Array.from({ length: Math.min(count, 12) }, (_, index) => first + index * step);
    })
    .map((ms) => ({ at: at + ms, ms, place: place(at + ms) }));
  const folds = pieces
    .filter(({ folded }) => folded)
    .map(({ from, to }) => ({ from: place(from), to: place(to), ms: to - from }));
  const isFree = (at_: number) => folds.every(({ from, to }) => Math.abs(at_ - (from + to) / 2) > labelWidth);
  return {
    place,
    folds,
    ticks: ticks
      .filter(({ place: at_ }) => at_ < lastTick && isFree(at_))
      .filter(({ place: at_ }, index) => at_ - (ticks[index - 1]?.place ?? -10) > 7 || index === 0),
  };
}

function merged(spans: readonly Span[]): Span[] {
  const result: Span[] = [];
  for (const { from, to } of [...spans].sort((a, b) => a.from - b.from)) {
    const last = result.at(-1);
    if (last && from <= last.to) last.to = Math.max(last.to, to);
    else result.push({ from, to });
  }
  return result;
}

function niceStep(ms: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(ms, 1)));
  return ([1, 2, 5, 10].find((factor) => factor * power >= ms) ?? 10) * power;
}
