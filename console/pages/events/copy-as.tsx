import type { EventDetail } from '../../../local/console/shapes/events.ts';
import { CopyButton } from '../../parts/copy.tsx';

/** The event as something to run elsewhere. */
export const CopyAs = ({ event }: { event: EventDetail }) => (
  <details class="menu">
    <summary>Copy as</summary>
    <div class="menu-list">
      <CopyButton text={asCurl(event)} label="curl" />
      <CopyButton text={asTypeScript(event)} label="TypeScript" />
      <CopyButton text={asTest(event)} label="jest test" />
    </div>
  </details>
);

const detailOf = ({ json }: EventDetail): unknown => (JSON.parse(json) as { detail: unknown }).detail;

function asCurl(event: EventDetail): string {
  const { bus, source, type } = event;
  const entry = {
    EventBusName: bus,
    Source: source,
    DetailType: type,
    Detail: JSON.stringify(detailOf(event)),
  };
  const body = JSON.stringify({ Entries: [entry] }).replaceAll("'", "'\\''");
  const headers = `-H 'content-type: application/x-amz-json-1.1' -H 'x-amz-target: AWSEvents.PutEvents'`;
  return `curl -s ${location.origin}/_aws/ ${headers} -d '${body}'`;
}

function asTypeScript(event: EventDetail): string {
  const { bus, source, type } = event;
  return `import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';

const client = new EventBridgeClient({ endpoint: '${location.origin}/_aws' });
await client.send(
  new PutEventsCommand({
    Entries: [
      {
        EventBusName: ${quoted(bus)},
        Source: ${quoted(source)},
        DetailType: ${quoted(type)},
        Detail: JSON.stringify(${indented(detailOf(event), 8)}),
      },
    ],
  }),
);
`;
}

function asTest({ type, json, verdicts }: EventDetail): string {
  const verdict = verdicts.find(({ matched }) => matched) ?? verdicts[0];
  const rule = verdict?.rule ?? 'your rule';
  const pattern: unknown = verdict ? JSON.parse(verdict.pattern) : { 'detail-type': [type] };
  const takes = verdict?.matched === false ? 'does not take' : 'takes';
  return `import 'order-events/jest';

/** As the bus delivered it. */
const event = ${indented(JSON.parse(json), 0)};

const pattern = ${indented(pattern, 0)};

test(${quoted(`${rule} ${takes} ${type}`)}, () => {
  expect(event)${verdict?.matched === false ? '.not' : ''}.toMatchEventPattern(pattern);
});
`;
}

/** A publisher chose these words, and somebody runs them: text stays text. */
const quoted = (text: string) => JSON.stringify(text);

const indented = (value: unknown, by: number) =>
  JSON.stringify(value, null, 2).replaceAll('\n', `\n${' '.repeat(by)}`);
