export interface TableInfo {
  name: string;
  items: number;
  indexes: { name: string | null; partition: string; sort: string | null }[];
  ttl: string | null;
  writes: { total: number; refused: number };
}

export interface TablePage {
  columns: string[];
  /** JSON of each value. */
  rows: Record<string, string>[];
  partitions: string[];
  next: string | null;
}
