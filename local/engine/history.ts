import { rmSync } from 'node:fs';

/** Of each table, the last stream record that every reader is done with. */
export type Settled = Readonly<Record<string, string>>;

const index = 'local_stream_history';
const day = 24 * 60 * 60;

/**
 * Puts the stopped engine's file in order. Each write asks for the highest sequence number of its table, which
 * without an index reads the table's whole history; and the engine never trims that history. Gives false when the
 * file's schema is not the one this was written for: the engine works without, only slower.
 */
export async function tidyHistory(file: string, settled: Settled, now: number): Promise<boolean> {
  const { default: sqlite } = await import('node-sqlite3-wasm');
  // Left when a process was killed right here; the engine itself locks in another way.
  rmSync(`${file}.lock`, { recursive: true, force: true });
  const database = new sqlite.Database(file);
  try {
    // The file is in WAL mode, whose shared memory this build cannot map.
    database.exec('PRAGMA locking_mode=exclusive');
    const columns = database.all('PRAGMA table_info(_stream_records)').map((column) => column['name']);
    if (!['id', 'table_name', 'sequence_number', 'created_at'].every((name) => columns.includes(name)))
      return false;
    database.exec(
      `CREATE INDEX IF NOT EXISTS ${index} ON _stream_records(table_name, CAST(sequence_number AS INTEGER))`,
    );
    for (const [table, sequence] of Object.entries(settled)) {
      // The newest record stays: without it the engine would number the table's records from 1 again.
      database.run(
        `DELETE FROM _stream_records WHERE table_name = ?1 AND created_at < ?2
           AND CAST(sequence_number AS INTEGER) <= CAST(?3 AS INTEGER)
           AND id <> (SELECT MAX(id) FROM _stream_records WHERE table_name = ?1)`,
        [table, Math.floor(now / 1000) - day, sequence],
      );
    }
    return true;
  } finally {
    database.close();
  }
}
