import {
  answered,
  type CallOptions,
  type ChangeOptions,
  type Http,
  MERGE_PATCH,
  type PutOptions,
  sent,
  tagged,
  type WriteOptions,
} from './calls.ts';
import { type Listing, listing } from './listing.ts';
import type { components, operations } from './schema.ts';

type Schemas = components['schemas'];

/** A member of staff as entered in the directory, with the `etag` that a change takes. */
export type User = Schemas['ListedUser'];
export type UserProfile = Schemas['UserProfile'];
/** A JSON Merge Patch (RFC 7396): what is absent stays. */
export type UserPatch = Schemas['UserPatch'];
export type UserPaging = NonNullable<operations['listUsers']['parameters']['query']>;

const USER = '/users/{userId}';

const pathOf = (userId: string) => ({ path: { userId } });

/** The staff directory, for admins. Each method rejects as those of the orders do. */
export class Users {
  readonly #http: Http;

  constructor(http: Http) {
    this.#http = http;
  }

  async get(userId: string, options: CallOptions = {}): Promise<User> {
    return await tagged(this.#http.GET(USER, { params: pathOf(userId), ...sent(options) }));
  }

  /** Enters a user; with `ifMatch` replaces the entry of that version. What is so already needs none. */
  async put(userId: string, profile: UserProfile, options: ChangeOptions & PutOptions = {}): Promise<User> {
    return await tagged(this.#http.PUT(USER, { params: pathOf(userId), body: profile, ...sent(options) }));
  }

  /** Changes some fields, if the user is still in the version that is given. Who is made inactive is locked out at once. */
  async amend(
    { userId, etag }: { userId: string; etag: string },
    patch: UserPatch,
    options: WriteOptions = {},
  ): Promise<User> {
    const params = { ...pathOf(userId), header: { 'If-Match': etag } };
    return await tagged(this.#http.PATCH(USER, { params, body: patch, ...sent(options, MERGE_PATCH) }));
  }

  /** Who is not in the directory stays out of it. */
  async delete(userId: string, options: ChangeOptions = {}): Promise<void> {
    await answered(this.#http.DELETE(USER, { params: pathOf(userId), ...sent(options) }));
  }

  /** Everybody by user id, page by page as they are asked for. */
  list(paging: UserPaging = {}, options: CallOptions = {}): Listing<User> {
    const call = sent(options);
    return listing((cursor) => {
      const query = { ...paging, ...(cursor !== undefined && { cursor }) };
      return answered(this.#http.GET('/users', { params: { query }, ...call }));
    }, paging.cursor);
  }
}
