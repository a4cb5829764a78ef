import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../parts.ts';
import { Unready } from '../unready.ts';
import type { Settled } from './history.ts';
import { startProcess, type EngineProcess } from './process.ts';

export interface OpenedEngine {
  endpoint: string;
  running(): Promise<void>;
  settled: Record<string, string>;
  /** Its disk takes nothing more: of the embedded one only. */
  full?: () => void;
  stop(): Promise<void>;
}

const settledFile = (directory: string) => join(directory, 'engine-settled.json');

/** The embedded engine on the directory, or what DYNAMODB_ENDPOINT names. It needs no template: synthesis can run meanwhile. */
export async function openEngine(options: {
  directory: string;
  clock: Clock;
  warn: (line: string) => void;
  endpoint?: string;
  /** It keeps ending: no call will be answered any more. */
  gaveUp?: (error: Error) => void;
}): Promise<OpenedEngine> {
  const { directory, clock, warn, endpoint } = options;
  const { gaveUp = (error: Error) => warn(error.message) } = options;
  const settled = readSettled(directory);
  if (endpoint !== undefined) {
    if (!URL.canParse(endpoint)) throw new Unready(`DYNAMODB_ENDPOINT is no URL: "${endpoint}".`);
    return { endpoint, settled, running: () => Promise.resolve(), stop: () => Promise.resolve() };
  }
  const engine: EngineProcess = await startProcess({ directory, settled, now: clock.now(), warn, gaveUp });
  return {
    endpoint: engine.endpoint,
    settled,
    full: () =>
      gaveUp(
        new Unready(
          `The DynamoDB engine cannot write in ${directory} (its disk is full): make room there and start again, nothing that was acknowledged is lost.`,
        ),
      ),
    running: () => engine.running(),
    stop: async () => {
      await engine.stop();
      writeFileSync(settledFile(directory), JSON.stringify(settled));
    },
  };
}

function readSettled(directory: string): Settled & Record<string, string> {
  try {
    return JSON.parse(readFileSync(settledFile(directory), 'utf8')) as Record<string, string>;
  } catch {
    return {};
  }
}
