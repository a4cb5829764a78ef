import { closeSync, openSync, writeSync } from 'node:fs';
import { Failed } from '../command.ts';

export interface Report {
  add(item: object): void;
  end(summary: object): void;
}

/** Whatever ends the work, the file says what was done until then. Work goes on where it cannot, and fails at its end. */
export async function reporting<T>(
  file: string | undefined,
  work: (report: Report) => Promise<T>,
): Promise<T> {
  const report = createReport(file);
  try {
    const done = await work(report);
    report.check();
    return done;
  } catch (error) {
    report.end({ error: error instanceof Error ? error.message : String(error) });
    throw error;
  }
}

/** One JSON object in the file, written as it comes, so that it takes no memory. */
function createReport(file: string | undefined): Report & { check(): void } {
  if (file === undefined) return { add: () => undefined, end: () => undefined, check: () => undefined };
  const handle = writing(() => openSync(file, 'w'));
  writing(() => writeSync(handle, '{"items":['));
  let failure: Error | undefined;
  let first = true;
  let open = true;
  const write = (text: string) => {
    try {
      if (!failure) writing(() => writeSync(handle, text));
    } catch (error) {
      failure = error as Error;
    }
  };
  return {
    add: (item) => {
      write(`${first ? '' : ','}\n${JSON.stringify(item)}`);
      first = false;
    },
    end: (summary) => {
      if (!open) return;
      open = false;
      write(`\n],"summary":${JSON.stringify(summary)}}\n`);
      closeSync(handle);
    },
    check: () => {
      if (failure) throw failure;
    },
  };
}

function writing<T>(step: () => T): T {
  try {
    return step();
  } catch (error) {
    throw new Failed(
      `The report cannot be written: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}
