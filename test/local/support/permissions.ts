import type { Access, Permissions, Principal } from '../../../local/parts.ts';

/** As the question is told: `reader dynamodb:GetRecords on ARN`. */
export const told = (principal: Principal, { action, resource }: Access): string => {
  const who =
    'function' in principal
      ? principal.function
      : 'service' in principal
        ? `${principal.service} for ${principal.sourceArn}`
        : `${principal.role} for ${principal.takenOnBy.sourceArn}`;
  return `${who} ${action} on ${resource}`;
};

/** Denies what `denies` finds in a question as it is told, and keeps them all. */
export function permissionsBut(denies: RegExp = /$^/) {
  const asked: string[] = [];
  const permissions: Permissions = {
    denial: (principal, ...accesses) => {
      for (const question of accesses.map((access) => told(principal, access))) {
        asked.push(question);
        if (denies.test(question)) return `may not: ${question}`;
      }
      return undefined;
    },
  };
  return { permissions, asked };
}
