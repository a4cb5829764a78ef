import { useEffect, useState } from 'preact/hooks';
import { base } from './api.ts';

export interface Route {
  /** Below /_console, decoded: `['events', key]`. */
  path: readonly string[];
  query: URLSearchParams;
}

const here = (): Route => ({
  path: location.pathname
    .slice(base.length)
    .split('/')
    .filter((part) => part !== '')
    .map(decodeURIComponent),
  query: new URLSearchParams(location.search),
});

let current: Route | undefined;
const listeners = new Set<(route: Route) => void>();

function moved(): void {
  current = here();
  for (const listener of listeners) listener(current);
}

export function useRoute(): Route {
  const [route, setRoute] = useState((current ??= here()));
  useEffect(() => {
    listeners.add(setRoute);
    return () => {
      listeners.delete(setRoute);
    };
  }, []);
  return route;
}

/** `replace` for what going back should not undo step by step, as a filter that is typed. */
export function navigate(href: string, { replace = false } = {}): void {
  if (replace) history.replaceState(null, '', href);
  else history.pushState(null, '', href);
  moved();
}

/** The address with these parameters set, and those that are empty left out. */
export function withQuery(query: URLSearchParams, changes: Record<string, string | null>): string {
  const next = new URLSearchParams(query);
  for (const [name, value] of Object.entries(changes)) {
    if (value === null || value === '') next.delete(name);
    else next.set(name, value);
  }
  const text = next.toString();
  return text === '' ? location.pathname : `${location.pathname}?${text}`;
}

export const setQuery = (changes: Record<string, string | null>, options?: { replace: boolean }) =>
  navigate(withQuery(new URLSearchParams(location.search), changes), options);

export const pathTo = (...parts: string[]): string => [base, ...parts.map(encodeURIComponent)].join('/');

/** Links within the console change the address without loading the page again. */
export function followLinks(): void {
  addEventListener('popstate', moved);
  document.addEventListener('click', (event) => {
    const link = (event.target as Element).closest('a');
    const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    const own = link?.origin === location.origin && link.pathname.startsWith(base) && link.target === '';
    if (!link || !plain || !own || event.defaultPrevented) return;
    // A place on this page: the browser goes there.
    if (link.hash !== '' && link.pathname + link.search === location.pathname + location.search) return;
    event.preventDefault();
    navigate(link.pathname + link.search);
    document.querySelector('main')?.scrollTo(0, 0);
  });
}
