import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

export interface Window {
  /** The first row in sight, and how many are. */
  first: number;
  count: number;
}

const overscan = 8;

/** As many rows in the document as are in sight, however long the list is. */
export function VirtualList({
  total,
  rowHeight,
  label,
  window: shown,
  onWindow,
  row,
}: {
  total: number;
  rowHeight: number;
  label: string;
  window: Window;
  onWindow: (window: Window) => void;
  row: (index: number) => ComponentChildren;
}) {
  const frame = useRef<HTMLDivElement>(null);
  const told = useRef(onWindow);
  told.current = onWindow;
  useEffect(() => {
    const element = frame.current;
    if (!element) return undefined;
    const look = () =>
      told.current({
        first: Math.floor(element.scrollTop / rowHeight),
        count: Math.ceil(element.clientHeight / rowHeight),
      });
    const observer = new ResizeObserver(look);
    observer.observe(element);
    element.addEventListener('scroll', look, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', look);
    };
  }, [rowHeight]);

  const from = Math.max(0, shown.first - overscan);
  const to = Math.min(total, shown.first + shown.count + overscan);
  return (
    <div ref={frame} class="virtual" role="table" aria-label={label} aria-rowcount={total} tabIndex={0}>
      <div role="rowgroup" style={{ height: `${total * rowHeight}px` }}>
        {Array.from({ length: Math.max(0, to - from) }, (_, place) => (
          <div
            key={from + place}
            style={{ top: `${(from + place) * rowHeight}px`, height: `${rowHeight}px` }}
          >
            {row(from + place)}
          </div>
        ))}
      </div>
    </div>
  );
}

export const useWindow = () => useState<Window>({ first: 0, count: 30 });
