import { closeSync, openSync, writeSync } from 'node:fs';
import { Failed } from '../command.ts';

export interface Report {
  add(item: object): void;
  end(summary: object): void;
}

/** One JSON object in the file, written as it comes, so that it takes no memory. */
export function createReport(file: string | undefined): Report {
  if (file === undefined) return { add: () => undefined, end: () => undefined };
  const handle = opened(file);
  let first = true;
  writeSync(handle, '{"items":[');
  return {
    add: (item) => {
      writeSync(handle, `${first ? '' : ','}\n${JSON.stringify(item)}`);
      first = false;
    },
    end: (summary) => {
      writeSync(handle, `\n],"summary":${JSON.stringify(summary)}}\n`);
      closeSync(handle);
    },
  };
}

function opened(file: string): number {
  try {
    return openSync(file, 'w');
  } catch (error) {
    throw new Failed(
      `The report cannot be written: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}
