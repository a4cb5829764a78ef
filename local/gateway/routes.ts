type Segment =
  { kind: 'static'; text: string } | { kind: 'parameter'; name: string } | { kind: 'greedy'; name: string };

/** A route key taken apart; `$default` matches everything. */
export type RoutePattern = { kind: 'default' } | { kind: 'path'; method: string; segments: Segment[] };

export function parseRouteKey(routeKey: string): RoutePattern {
  if (routeKey === '$default') return { kind: 'default' };
  const [, method, path] = /^([A-Z]+) (\/.*)$/.exec(routeKey) ?? [];
  if (!method || !path) throw new Error(`Route key ${routeKey} is not "METHOD /path" or $default`);
  return { kind: 'path', method, segments: segmentsOf(path).map(parseSegment) };
}

/** The most specific of the routes that match, and its path parameters, decoded. */
export function matchRoute<R extends { pattern: RoutePattern }>(
  routes: readonly R[],
  method: string,
  path: string,
): { route: R; pathParameters: Record<string, string> } | undefined {
  const given = segmentsOf(path);
  let best: { route: R; pathParameters: Record<string, string> } | undefined;
  for (const route of routes) {
    const pathParameters = matchPattern(route.pattern, method, given);
    if (pathParameters && (!best || moreSpecific(route.pattern, best.route.pattern)))
      best = { route, pathParameters };
  }
  return best;
}

/** Of a path that is not, no parameter can be read. */
export function isDecodable(path: string): boolean {
  try {
    return decodeURIComponent(path).length > 0;
  } catch {
    return false;
  }
}

const segmentsOf = (path: string) => (path === '/' ? [] : path.slice(1).split('/'));

function parseSegment(text: string): Segment {
  const [, name, plus] = /^\{([^}+]+)(\+?)\}$/.exec(text) ?? [];
  if (!name) return { kind: 'static', text };
  return { kind: plus ? 'greedy' : 'parameter', name };
}

function matchPattern(
  pattern: RoutePattern,
  method: string,
  given: readonly string[],
): Record<string, string> | undefined {
  if (pattern.kind === 'default') return {};
  if (pattern.method !== 'ANY' && pattern.method !== method) return undefined;
  const { segments } = pattern;
  const greedy = segments.at(-1)?.kind === 'greedy';
  if (greedy ? given.length < segments.length : given.length !== segments.length) return undefined;
  const found: Record<string, string> = {};
  for (const [index, segment] of segments.entries()) {
    const text = given[index] ?? '';
    if (segment.kind === 'static') {
      if (segment.text !== text && segment.text !== decodeURIComponent(text)) return undefined;
    } else {
      if (text === '') return undefined;
      const value = segment.kind === 'greedy' ? given.slice(index).join('/') : text;
      found[segment.name] = decodeURIComponent(value);
    }
  }
  return found;
}

const rank = { static: 0, parameter: 1, greedy: 2 };

/** Full matches before greedy ones before $default; then static segments first, from the left; then ANY last. */
export function moreSpecific(a: RoutePattern, b: RoutePattern): boolean {
  if (a.kind === 'default' || b.kind === 'default') return a.kind !== 'default' && b.kind === 'default';
  const greedyA = a.segments.at(-1)?.kind === 'greedy';
  const greedyB = b.segments.at(-1)?.kind === 'greedy';
  if (greedyA !== greedyB) return greedyB;
  for (const [index, segment] of a.segments.entries()) {
    const other = b.segments[index];
    if (other && rank[segment.kind] !== rank[other.kind]) return rank[segment.kind] < rank[other.kind];
  }
  if (a.segments.length !== b.segments.length) return a.segments.length > b.segments.length;
  return a.method !== 'ANY' && b.method === 'ANY';
}
