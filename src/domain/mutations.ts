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

/** The ones of the last versions that the request made. */
export const madeBy = (record: Remembered | undefined, mutationId: string): readonly number[] =>
  (record?.mutations ?? []).filter(({ id }) => id === mutationId).map(({ version }) => version);
