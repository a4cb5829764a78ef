import { closeSync, openSync, writeSync } from 'node:fs';
import { Failed } from '../command.ts';

export interface Report {
  add(item: object): void;
  end(summary: object): void;
}

/** Whatever ends the work, the file says what was done until then. */
export async function reporting<T>(
  file: string | undefined,
  work: (report: Report) => Promise<T>,
): Promise<T> {
  const report = createReport(file);
  try {
    return await work(report);
  } catch (error) {
    report.end({ error: error instanceof Error ? error.message : String(error) });
    throw error;
  }
}

/** One JSON object in the file, written as it comes, so that it takes no memory. */
function createReport(file: string | undefined): Report {
  if (file === undefined) return { add: () => undefined, end: () => undefined };
  const handle = opened(file);
  let first = true;
  let open = true;
  writeSync(handle, '{"items":[');
  return {
    add: (item) => {
      writeSync(handle, `${first ? '' : ','}\n${JSON.stringify(item)}`);
      first = false;
    },
    end: (summary) => {
      if (!open) return;
      open = false;
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
