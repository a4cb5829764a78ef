import { isNativeError } from 'node:util/types';

const ordinary = Function.prototype[Symbol.hasInstance];

/** Jest gives modules an Error of their own; the SDK must take those of Node's sockets for errors all the same, as it does elsewhere. */
Object.defineProperty(Error, Symbol.hasInstance, {
  value(this: unknown, value: unknown) {
    return this === Error ? isNativeError(value) : ordinary.call(this as () => void, value);
  },
});
