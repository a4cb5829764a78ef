import type { Metrics } from './store.ts';

/** Told of each answer of an HTTP API, as AWS/ApiGateway counts them. */
export type ApiMeter = (answer: {
  apiId: string;
  stage: string;
  status: number;
  latencyMs: number;
  /** Absent where the function was not asked. */
  integrationMs?: number;
}) => void;

export const apiMeter =
  (metrics: Metrics): ApiMeter =>
  ({ apiId, stage, status, latencyMs, integrationMs }) => {
    const kept: Record<string, string>[] = [{ ApiId: apiId }, { ApiId: apiId, Stage: stage }];
    for (const dimensions of kept) {
      const put = (name: string, value: number) => metrics.measure('AWS/ApiGateway', name, dimensions)(value);
      put('Count', 1);
      // 0 for the others: their average is the share of errors.
      put('4xx', status >= 400 && status < 500 ? 1 : 0);
      put('5xx', status >= 500 ? 1 : 0);
      put('Latency', latencyMs);
      if (integrationMs !== undefined) put('IntegrationLatency', integrationMs);
    }
  };
