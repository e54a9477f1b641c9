import { AppError } from '@vitrine/core';

/** A request for bytes, as its address says it. */
export interface DeliveryAddress {
  /** As it came: percent signs and all, and not necessarily an id. */
  readonly id: string;
  /** What follows the id: nothing, or a name with its slash, in lower case. */
  readonly ending: string;
  readonly query: URLSearchParams;
  readonly signature: string | null;
}

// Like the rest of the surface: letters of any case, and a slash at the end makes no difference.
const shape = /^\/api\/v2\/assets\/([^/?#]+)(\/[^/?#]+)?\/?$/i;
const origin = /^https?:\/\/[^/?#]*/i;

/** The address of an asset's bytes, or null for every other; whether anything is delivered there, the routes decide. */
export function deliveryAddress(url: string): DeliveryAddress | null {
  // A proxy's form of a request names the host as well.
  const address = url.startsWith('/') ? url : url.replace(origin, '');
  const start = address.indexOf('?');
  const [, id, ending = ''] = shape.exec(start < 0 ? address : address.slice(0, start)) ?? [];
  if (id === undefined) return null;
  // Programs append '?download=1' to addresses without looking whether there is a query already.
  const query = new URLSearchParams(start < 0 ? '' : address.slice(start + 1).replaceAll('?', '&'));
  return { id, ending: ending.toLowerCase(), query, signature: query.get('sig') };
}

/** A part of an address without its percent signs. Fails with `invalid_input` when they mean nothing. */
export function decodedPart(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch (error) {
    throw new AppError('invalid_input', 'The address is not valid.', { cause: error });
  }
}
