import type { PreTokenGenerationV2TriggerEvent } from 'aws-lambda';
import { SCOPES, USER_POOL } from '../names.ts';

const GROUPS = Object.entries(USER_POOL.groups) as [keyof typeof USER_POOL.groups, string][];

/**
 * Says in each access token what its user may do, however he signed in: a customer's own orders by the attribute that
 * only the pool's administrators write, the rights of staff and admins by group.
 */
export const tokenClaims = (
  event: PreTokenGenerationV2TriggerEvent,
): Promise<PreTokenGenerationV2TriggerEvent> => {
  const { userAttributes, groupConfiguration } = event.request;
  const customerId = userAttributes[`custom:${USER_POOL.customerId}`];
  const groups = new Set(groupConfiguration.groupsToOverride ?? []);
  const granted = [
    ...(customerId ? [SCOPES.customer] : []),
    ...GROUPS.filter(([, group]) => groups.has(group)).map(([scope]) => SCOPES[scope]),
  ];
  const accessTokenGeneration = {
    ...(customerId && { claimsToAddOrOverride: { [USER_POOL.customerId]: customerId } }),
    scopesToAdd: granted,
    scopesToSuppress: Object.values(SCOPES).filter((scope) => !granted.includes(scope)),
  };
  return Promise.resolve({
    ...event,
    response: { claimsAndScopeOverrideDetails: { accessTokenGeneration } },
  });
};
