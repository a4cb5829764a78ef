import type { PreTokenGenerationV2TriggerEvent } from 'aws-lambda';
import { tokenClaims } from '../../../src/adapters/cognito/token-claims.ts';

/** The scopes are those that the client asked for. */
const signedIn = (userAttributes: Record<string, string>, groups?: string[]) =>
  ({
    version: '2',
    triggerSource: 'TokenGeneration_Authentication',
    userName: 'user-1',
    request: {
      userAttributes: { sub: 'user-1', email: 'user@example.com', ...userAttributes },
      groupConfiguration: { groupsToOverride: groups },
      scopes: ['openid', 'orders/customer', 'orders/staff', 'orders/admin'],
    },
    response: { claimsAndScopeOverrideDetails: {} },
  }) as unknown as PreTokenGenerationV2TriggerEvent;

const tokenOf = async (...given: Parameters<typeof signedIn>) => {
  const { response } = await tokenClaims(signedIn(...given));
  return response.claimsAndScopeOverrideDetails.accessTokenGeneration;
};

describe('given who signs in', () => {
  test('when it is a customer, then the token names him, and lets him see his own orders only', async () => {
    expect(await tokenOf({ 'custom:customer_id': 'C101' })).toEqual({
      claimsToAddOrOverride: { customer_id: 'C101' },
      scopesToAdd: ['orders/customer'],
      scopesToSuppress: ['orders/staff', 'orders/admin'],
    });
  });

  test('when he is of the staff, then the token says so, and names no customer', async () => {
    expect(await tokenOf({}, ['staff'])).toEqual({
      scopesToAdd: ['orders/staff'],
      scopesToSuppress: ['orders/customer', 'orders/admin'],
    });
  });

  test('when he is an admin and a customer, then the token says both', async () => {
    expect(await tokenOf({ 'custom:customer_id': 'C101' }, ['admin', 'others'])).toMatchObject({
      scopesToAdd: ['orders/customer', 'orders/admin'],
      scopesToSuppress: ['orders/staff'],
    });
  });

  test('when he is neither, then he may do nothing, whatever scopes his client asks for', async () => {
    expect(await tokenOf({ 'custom:customer_id': '' })).toEqual({
      scopesToAdd: [],
      scopesToSuppress: ['orders/customer', 'orders/staff', 'orders/admin'],
    });
  });

  test('then everything else of the event goes back as it came', async () => {
    const { request, userName, triggerSource } = await tokenClaims(signedIn({}));
    const came = signedIn({});
    expect({ request, userName, triggerSource }).toEqual({
      request: came.request,
      userName: came.userName,
      triggerSource: came.triggerSource,
    });
  });
});
