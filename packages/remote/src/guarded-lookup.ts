import { lookup as systemLookup } from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';
import { notAllowed } from './checked-url.ts';

/** What a name stands for. */
export type Resolve = (hostname: string) => Promise<readonly { address: string; family: number }[]>;

export const resolveBySystem: Resolve = (hostname) => systemLookup(hostname, { all: true, verbatim: true });

interface Guard {
  readonly resolve: Resolve;
  readonly isAllowed: (address: string) => boolean;
}

/**
 * Resolves names for a connection, which then goes to just what was judged: a name that stands for another address a moment later
 * changes nothing. One forbidden address among several refuses them all.
 */
export function guardedLookup({ resolve, isAllowed }: Guard): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname).then(
      (addresses) => {
        const [first] = addresses;
        if (!first) return callback(new Error(`${hostname} has no address.`), '');
        if (!addresses.every(({ address }) => isAllowed(address)))
          return callback(notAllowed('it leads to a network that is not public.'), '');
        if (options.all) return callback(null, [...addresses]);
        return callback(null, first.address, first.family);
      },
      (error: NodeJS.ErrnoException) => callback(error, ''),
    );
  };
}

/** A connection to a literal address asks nobody for its name, so it is judged here. */
export function assertLiteralAllowed(url: URL, isAllowed: (address: string) => boolean): void {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) !== 0 && !isAllowed(host)) throw notAllowed('it leads to a network that is not public.');
}
