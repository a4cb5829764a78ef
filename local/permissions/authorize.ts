import type { Authorize } from '../aws/endpoint.ts';
import type { Permissions, Stack } from '../parts.ts';
import { accessesOf } from './calls.ts';

/** Functions are held to their roles; everybody else on this machine is the account's administrator. */
export const authorizing =
  (permissions: Permissions, stack: Stack): Authorize =>
  (call) => {
    const { caller, service, operation } = call;
    if (caller.kind !== 'function') return undefined;
    const accesses = accessesOf(call, stack);
    return accesses
      ? permissions.denial({ function: caller.functionName }, ...accesses)
      : `The local runtime does not know what permissions ${service} ${operation} needs, so no function may call it.`;
  };
