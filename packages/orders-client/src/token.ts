/**
 * A bearer token; or a function that gives one. The function is asked before the first request, and once more for a
 * request whose token the service refuses; in between its token is kept, and shared by all requests.
 */
export type Token = string | (() => string | Promise<string>);

export interface TokenSource {
  get: () => Promise<string>;
  /** Another one than that which was refused; undefined where there is none. */
  after: (refused: Promise<string>) => Promise<string> | undefined;
}

export const tokenSource = (token: Token): TokenSource => {
  if (typeof token === 'string') return { get: () => Promise.resolve(token), after: () => undefined };
  let kept: Promise<string> | undefined;
  const drop = (given: Promise<string>): void => {
    if (kept === given) kept = undefined;
  };
  const ask = (): Promise<string> => {
    const asked = Promise.resolve().then(() => token());
    asked.catch(() => drop(asked));
    return asked;
  };
  const get = (): Promise<string> => (kept ??= ask());
  return {
    get,
    after: (refused) => {
      drop(refused);
      return get();
    },
  };
};
