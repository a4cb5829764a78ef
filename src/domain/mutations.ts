/** Which request made a version. */
export interface Mutation {
  version: number;
  id: string;
}

export interface Remembered {
  /** The latest last; absent for what somebody put into the table by hand. */
  mutations?: readonly Mutation[];
}

const KEPT = 8;

/** With the request that makes it, so that the request is recognized when its answer got lost. */
export const remembering = <T extends Remembered>(
  before: Remembered | undefined,
  after: T,
  mutation: Mutation,
): T => ({ ...after, mutations: [...(before?.mutations ?? []), mutation].slice(-KEPT) });

/** Whether the request made one of the last versions, or that very one. */
export const madeBy = (record: Remembered | undefined, mutationId: string, version?: number): boolean =>
  record?.mutations?.some(
    (mutation) => mutation.id === mutationId && (version ?? mutation.version) === mutation.version,
  ) ?? false;
