import type { ActContext } from './act.ts';
import type { KnownLibrary } from './known-library.ts';
import type { LibraryAddress } from './library-address.ts';

/** What goes on while the server is killed, and what must be so afterwards. */
export interface KillScenario {
  readonly name: string;
  /** Once, in the library that all others are copies of. Answers the client that is worked in. */
  prepare(address: LibraryAddress): Promise<string>;
  /** Asks for something and notes what was acknowledged. Called again and again, by several at once, until the server is dead. */
  act(context: ActContext): Promise<void>;
  /** After the next start: settles what was pending, and answers what is wrong. */
  check(library: KnownLibrary, address: LibraryAddress): Promise<string[]>;
}
