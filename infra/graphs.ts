import { GraphWidget, type GraphWidgetProps, type IMetric, TextWidget } from 'aws-cdk-lib/aws-cloudwatch';

/** A third of the dashboard's width. */
export const graph = (title: string, left: IMetric[], right: IMetric[] = [], more: GraphWidgetProps = {}) =>
  new GraphWidget({ title, left, ...(right.length > 0 && { right }), width: 8, height: 6, ...more });

export const heading = (markdown: string) => new TextWidget({ markdown, width: 24, height: 1 });

export const percentiles = (
  metric: (options: { statistic: string; label: string }) => IMetric,
  statistics: readonly string[] = ['p50', 'p90', 'p99'],
): IMetric[] => statistics.map((statistic) => metric({ statistic, label: statistic }));
