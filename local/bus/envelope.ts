/** The event as every target gets it. `time` is in milliseconds, `detail` JSON text that is taken over as it is. */
export function envelope(event: {
  id: string;
  detailType: string;
  source: string;
  account: string;
  time: number;
  region: string;
  resources: readonly string[];
  detail: string;
}): string {
  const { id, detailType, source, account, time, region, resources, detail } = event;
  const head = JSON.stringify({
    version: '0',
    id,
    'detail-type': detailType,
    source,
    account,
    time: `${new Date(time).toISOString().slice(0, 19)}Z`,
    region,
    resources,
  });
  return `${head.slice(0, -1)},"detail":${detail}}`;
}

/**
 * Where EventBridge puts it, in the place of one that is there. Within a text the quotes would be escaped: what is found
 * first are the fields.
 */
export const withReplayName = (json: string, replayName: string): string =>
  json.replace(
    /(,"replay-name":"(?:[^"\\]|\\.)*")?,"resources":/,
    () => `,"replay-name":${JSON.stringify(replayName)},"resources":`,
  );

/** In milliseconds. */
export const timeOf = (json: string): number => Date.parse(/"time":"([^"]+)"/.exec(json)?.[1] ?? '');
