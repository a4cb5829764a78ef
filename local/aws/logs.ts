import type { LogGroups, LogLine, Stack } from '../parts.ts';
import { numeric, text, texts, type Properties } from '../properties.ts';
import { indexAt, limitIn, placeAt } from './log-pages.ts';
import { AwsError, jsonService, type AwsService } from './service.ts';

export function logsService({ logs, stack }: { logs: LogGroups; stack: Stack }): AwsService {
  const names = () => [
    ...new Set([...stack.ofType('AWS::Logs::LogGroup').map(({ ref }) => ref), ...logs.names()]),
  ];
  /** Those of the asked time that pass, by time. */
  const linesOf = (input: Properties, passes: (line: LogLine) => boolean): LogLine[] => {
    const group = groupIn(input);
    if (!names().includes(group)) {
      throw new AwsError('ResourceNotFoundException', 'The specified log group does not exist.');
    }
    const from = numeric(input, 'startTime') ?? 0;
    const to = numeric(input, 'endTime') ?? Infinity;
    return logs
      .read(group)
      .filter((line) => line.timestamp >= from && line.timestamp <= to && passes(line))
      .sort((a, b) => a.timestamp - b.timestamp);
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
        const lines = linesOf(
          input,
          ({ stream, message }) => (streams.length === 0 || streams.includes(stream)) && matches(message),
        );
        const start = indexAt(lines, text(input, 'nextToken') ?? '0/0');
        const end = start + limitIn(input);
        return {
          events: lines.slice(start, end).map((line, index) => ({
            eventId: `${line.timestamp}-${start + index}`,
            ingestionTime: line.timestamp,
            logStreamName: line.stream,
            ...shown(line),
          })),
          searchedLogStreams: [],
          ...(end < lines.length && { nextToken: placeAt(lines, end) }),
        };
      },
      GetLogEvents: (input) => {
        const stream = text(input, 'logStreamName');
        const lines = linesOf(input, (line) => line.stream === stream);
        const limit = limitIn(input);
        const token = text(input, 'nextToken') ?? (input['startFromHead'] === true ? 'f/0/0' : undefined);
        const place = token === undefined ? lines.length : indexAt(lines, token.slice(2));
        const start = token?.startsWith('f/') ? place : Math.max(0, place - limit);
        const end = token?.startsWith('f/') ? Math.min(lines.length, place + limit) : place;
        return {
          events: lines.slice(start, end).map((line) => ({ ingestionTime: line.timestamp, ...shown(line) })),
          nextForwardToken: `f/${placeAt(lines, end)}`,
          nextBackwardToken: `b/${placeAt(lines, start)}`,
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
