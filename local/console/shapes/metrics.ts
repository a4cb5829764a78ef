export interface MetricsPage {
  from: number;
  to: number;
  periodSeconds: number;
  /** The starts of the periods. */
  times: number[];
  dashboards: { name: string; widgets: Widget[] }[];
  alarms: AlarmInfo[];
}

export type Widget = { x: number; y: number; width: number; height: number } & (
  | { kind: 'heading'; markdown: string }
  | {
      kind: 'graph' | 'value';
      title: string;
      series: MetricSeries[];
      lines: { value: number; label: string }[];
    }
  | { kind: 'alarms'; title: string; alarms: string[] }
  | { kind: 'unknown'; type: string }
);

export interface MetricSeries {
  label: string;
  side: 'left' | 'right';
  /** By period; null where there is none. */
  values: (number | null)[];
}

export interface AlarmInfo {
  name: string;
  arn: string;
  kind: 'metric' | 'composite';
  state: 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';
  reason: string;
  since: number;
  description: string;
  /** In words: "IteratorAge greater than 60000 in 2 of 3 periods", or the alarms that a composite one is of. */
  condition: string;
  threshold: number | null;
  runbook: string | null;
  series: MetricSeries | null;
}
