/** A member of staff; `userId` is the `sub` of the person's token. */
export interface User {
  userId: string;
  name: string;
  role: string;
  active: boolean;
}
