/** The runtime cannot start or go on; the message is one sentence for the person at the terminal. */
export class Unready extends Error {
  override readonly name = 'Unready';
}
