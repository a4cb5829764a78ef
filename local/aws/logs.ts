import type { LogGroups, LogLine, Stack } from '../parts.ts';
import { numeric, text, texts, type Properties } from '../properties.ts';
import { AwsError, jsonService, type AwsService } from './service.ts';

const mostEvents = 10_000;

export function logsService({ logs, stack }: { logs: LogGroups; stack: Stack }): AwsService {
  const names = () => [
    ...new Set([...stack.ofType('AWS::Logs::LogGroup').map(({ ref }) => ref), ...logs.names()]),
  ];
  const linesOf = (input: Properties): { group: string; lines: LogLine[] } => {
    const group = groupIn(input);
    if (!names().includes(group)) {
      throw new AwsError('ResourceNotFoundException', 'The specified log group does not exist.');
    }
    const from = numeric(input, 'startTime') ?? 0;
    const to = numeric(input, 'endTime') ?? Infinity;
    const limit = numeric(input, 'limit') ?? mostEvents;
    const within = logs.read(group).filter(({ timestamp }) => timestamp >= from && timestamp <= to);
    return { group, lines: within.slice(-limit) };
  };

  return jsonService({
    name: 'logs',
    contentType: 'application/x-amz-json-1.1',
    operations: {
      DescribeLogGroups: (input) => {
        const prefix = text(input, 'logGroupNamePrefix') ?? '';
        return {
          logGroups: names()
            .filter((name) => name.startsWith(prefix))
            .sort()
            .map((logGroupName) => ({ logGroupName, arn: arnOf(stack, logGroupName) })),
        };
      },
      FilterLogEvents: (input) => {
        const matches = filter(text(input, 'filterPattern') ?? '');
        const streams = texts(input, 'logStreamNames');
        const { lines } = linesOf(input);
        return {
          events: lines
            .filter(
              ({ stream, message }) => (streams.length === 0 || streams.includes(stream)) && matches(message),
            )
            .map((line, index) => ({
              eventId: `${line.timestamp}-${index}`,
              ingestionTime: line.timestamp,
              logStreamName: line.stream,
              ...shown(line),
            })),
          searchedLogStreams: [],
        };
      },
      GetLogEvents: (input) => {
        const stream = text(input, 'logStreamName');
        const { lines } = linesOf(input);
        const events = lines.filter((line) => line.stream === stream);
        return {
          events: events.map((line) => ({ ingestionTime: line.timestamp, ...shown(line) })),
          nextForwardToken: 'f/end',
          nextBackwardToken: 'b/end',
        };
      },
    },
  });
}

const shown = ({ timestamp, message }: LogLine) => ({ timestamp, message });

const groupIn = (input: Properties) =>
  text(input, 'logGroupName') ??
  (text(input, 'logGroupIdentifier') ?? '').replace(/^.*:log-group:/, '').replace(/:\*$/, '');

const arnOf = ({ region, accountId }: Stack, name: string) =>
  `arn:aws:logs:${region}:${accountId}:log-group:${name}:*`;

/** Terms that must all occur; the languages of JSON and of columns are not evaluated. */
function filter(pattern: string): (message: string) => boolean {
  if (/^\s*[{[%]/.test(pattern) || /(^|\s)[-?]/.test(pattern)) {
    throw new AwsError('InvalidParameterException', 'This machine filters by terms only: "term one" term2');
  }
  const terms = [...pattern.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '');
  return (message) => terms.every((term) => message.includes(term));
}
