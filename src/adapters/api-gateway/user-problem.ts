import type { UserRefusal } from '../../application/write-user.ts';
import type { Problem } from './problem.ts';

export const ifMatchRequired: Problem = {
  code: 'if-match-required',
  detail: 'Send the ETag of the user as you last read it, so that nobody else is overwritten.',
};

export const userProblemOf = (refusal: UserRefusal): Problem => {
  switch (refusal.code) {
    case 'user-not-found':
      return { code: refusal.code };
    case 'user-exists':
      return { code: refusal.code, detail: 'If-None-Match: * asks for a new one.' };
    case 'user-version-required':
      return ifMatchRequired;
    case 'user-version-stale':
      return refusal.current === undefined
        ? {
            code: 'version-stale',
            detail: 'If-Match names a version, and there is no user. Leave it out to create one.',
          }
        : {
            code: 'version-stale',
            detail: `If-Match names another version than the current one, ${refusal.current}. Read it and try again.`,
            headers: { etag: `"${refusal.current}"` },
          };
  }
};
