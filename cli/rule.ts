import { DescribeRuleCommand } from '@aws-sdk/client-eventbridge';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { compile, InvalidPatternError, type Matcher } from '../packages/event-pattern/src/index.ts';
import { whyUnreachable } from '../packages/order-events/src/reach/why-unreachable.ts';
import { isNamed } from './aws/failures.ts';
import { Failed, UsageError, type Context, type Given } from './command.ts';

export interface Rule {
  /** Of the rule, or of the file without its ending. */
  name: string;
  /** JSON text. */
  pattern: string;
  matcher: Matcher;
  /** Why it can never match an event of orders, where that is so. */
  unreachable: string | undefined;
}

/** What --rule names: a file with an event pattern, or a rule of the bus. */
export async function ruleIn(
  given: Given,
  { clients, terminal }: Pick<Context, 'clients' | 'terminal'>,
): Promise<Rule> {
  const asked = given.required('rule');
  const isFile = /\.json$|[/\\]/i.test(asked);
  const pattern = isFile
    ? contentOf(given.path('rule') ?? asked, asked)
    : await patternOf(asked, given.required('bus'), clients);
  try {
    const name = isFile ? basename(asked).replace(/\.json$/i, '') : asked;
    const matcher = compile(pattern);
    const unreachable = whyUnreachable(pattern);
    if (unreachable !== undefined)
      terminal.say(`${asked} can never match an event of orders: ${unreachable}`);
    return { name, pattern, matcher, unreachable };
  } catch (error) {
    if (!(error instanceof InvalidPatternError)) throw error;
    throw new UsageError(`${asked} is no event pattern: ${error.message}.`);
  }
}

function contentOf(path: string, asked: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UsageError(
      code === 'ENOENT' ? `There is no file ${asked}.` : `${asked} cannot be read: ${String(code)}.`,
    );
  }
}

async function patternOf(name: string, bus: string, { events }: Context['clients']): Promise<string> {
  try {
    const { EventPattern } = await events.send(new DescribeRuleCommand({ Name: name, EventBusName: bus }));
    if (EventPattern === undefined) throw new Failed(`Rule ${name} has no event pattern.`);
    return EventPattern;
  } catch (error) {
    if (!isNamed(error, 'ResourceNotFoundException')) throw error;
    throw new Failed(`The bus ${bus} has no rule ${name}. A file is named with its ending: ${name}.json.`);
  }
}
