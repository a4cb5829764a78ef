import type { Mutation } from '../../domain/mutations.ts';

/** The stored form of which requests made the last versions. */
export const mutationTexts = (mutations: readonly Mutation[]): string[] =>
  mutations.map(({ version, id }) => `${version}.${id}`);

/** Undefined for what is not of that form. */
export const mutationsIn = (value: unknown): Mutation[] | undefined => {
  if (!Array.isArray(value)) return undefined;
  const mutations = value.flatMap((text): Mutation[] => {
    const [, version, id] = /^(\d+)\.(.+)$/.exec(String(text)) ?? [];
    return id === undefined ? [] : [{ version: Number(version), id }];
  });
  return mutations.length === value.length ? mutations : undefined;
};
