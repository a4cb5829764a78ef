import { ListEventSourceMappingsCommand } from '@aws-sdk/client-lambda';
import type { Clients } from '../aws/clients.ts';
import { STREAM_READER } from '../aws/names.ts';
import type { Examination } from './check.ts';

/** Whether changes of orders are read and told: the mapping is there, and on. */
export async function streamIsRead({ lambda }: Clients): Promise<Examination> {
  const { EventSourceMappings = [] } = await lambda.send(
    new ListEventSourceMappingsCommand({ FunctionName: STREAM_READER }),
  );
  const [mapping] = EventSourceMappings;
  if (!mapping)
    return {
      state: 'wrong',
      finding: `nothing invokes ${STREAM_READER}: no change is told`,
      remedy: 'deploy the stack',
    };
  const { State = 'unknown', StateTransitionReason, LastProcessingResult, UUID = '' } = mapping;
  if (State !== 'Enabled')
    return {
      state: /^(Enabling|Creating|Updating)$/.test(State) ? 'look' : 'wrong',
      finding: `the event source mapping is ${State}${StateTransitionReason ? `: ${StateTransitionReason}` : ''}`,
      remedy: `what waits in the stream for over six hours is given up once it is on: aws lambda update-event-source-mapping --enabled --uuid ${UUID}`,
    };
  if (/^PROBLEM/.test(LastProcessingResult ?? ''))
    return {
      state: 'wrong',
      finding: `the last batch: ${LastProcessingResult}`,
      remedy: 'docs/runbooks/stream-failing.md',
    };
  return { state: 'ok', finding: `${STREAM_READER} reads it` };
}
