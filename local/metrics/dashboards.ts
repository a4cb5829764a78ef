import type { Stack } from '../parts.ts';
import { isRecord, numeric, record, text, UnsupportedResource, type Properties } from '../properties.ts';
import { compileQueries, type Evaluate, type Query } from './queries.ts';
import { NotEvaluated } from './statistics.ts';

export interface Widget {
  title: string;
  queries: readonly Query[];
  evaluate: Evaluate;
}

export interface Dashboard {
  name: string;
  /** The template's own JSON, as CloudWatch draws it. */
  body: Properties;
  /** Its graphs with their data; what is no graph of metrics is in the body only. */
  widgets: readonly Widget[];
}

/** Throws for an expression or statistic that is not evaluated here, naming the dashboard. */
export const readDashboards = (stack: Stack): Dashboard[] =>
  stack.ofType('AWS::CloudWatch::Dashboard').map((resource) => {
    try {
      const body = JSON.parse(text(resource.properties, 'DashboardBody') ?? '{}') as Properties;
      const widgets = Array.isArray(body['widgets']) ? body['widgets'].filter(isRecord) : [];
      return { name: resource.ref, body, widgets: widgets.flatMap(widgetOf) };
    } catch (error) {
      if (error instanceof NotEvaluated) throw new UnsupportedResource(resource, error.message);
      throw error;
    }
  });

function widgetOf(widget: Properties): Widget[] {
  const properties = record(widget, 'properties') ?? {};
  if (text(widget, 'type') !== 'metric' || !Array.isArray(properties['metrics'])) return [];
  const queries = queriesOf(properties['metrics'] as unknown[][], properties);
  return [{ title: text(properties, 'title') ?? '', queries, evaluate: compileQueries(queries) }];
}

/** Rows of namespace, name, dimensions and settings; `.` and `...` repeat the row before. */
function queriesOf(rows: readonly unknown[][], properties: Properties): Query[] {
  let before: string[] = [];
  return rows.map((row, index) => {
    const settings = row.map((cell) => (isRecord(cell) ? cell : undefined)).find((cell) => cell) ?? {};
    const id = text(settings, 'id') ?? `m${index}`;
    const shown = text(settings, 'visible') !== 'false';
    const label = text(settings, 'label');
    const expression = text(settings, 'expression');
    if (expression !== undefined) return { id, shown, label: label ?? expression, expression };
    const cells = repeated(row.filter((cell) => !isRecord(cell)).map(String), before);
    before = cells;
    const [namespace = '', name = '', ...pairs] = cells;
    const dimensions: Record<string, string> = {};
    for (let place = 0; place + 1 < pairs.length; place += 2)
      dimensions[pairs[place] ?? ''] = pairs[place + 1] ?? '';
    return {
      id,
      shown,
      label: label ?? name,
      metric: { namespace, name, dimensions },
      statistic: text(settings, 'stat') ?? text(properties, 'stat') ?? 'Average',
      periodSeconds: numeric(settings, 'period') ?? numeric(properties, 'period') ?? 300,
    };
  });
}

function repeated(cells: readonly string[], before: readonly string[]): string[] {
  const long = cells.flatMap((cell, place) =>
    cell === '...' ? before.slice(place, before.length - (cells.length - place - 1)) : [cell],
  );
  return long.map((cell, place) => (cell === '.' ? (before[place] ?? cell) : cell));
}
