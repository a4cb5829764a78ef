import { FIELD_PATHS } from './field-paths.ts';

const lastOf = (path: string): string => path.slice(path.lastIndexOf('.') + 1);

/**
 * What is wrong with the path of a pattern's field, such as `detail.order.amount`; undefined for one that events of this
 * release have.
 */
export const misnamed = (path: string): string | undefined => {
  if (FIELD_PATHS.includes(path)) return undefined;
  const meant = FIELD_PATHS.filter((known) => lastOf(known) === lastOf(path));
  const inside = FIELD_PATHS.some((known) => known.startsWith(`${path}.`));
  if (inside) return `${path} holds fields of its own: ask for one of them`;
  return `no event of orders has ${path}${meant.length > 0 ? `: did you mean ${meant.join(' or ')}?` : ''}`;
};
