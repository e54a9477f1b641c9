import type { IncomingMessage } from 'node:http';
import proxyAddr from 'proxy-addr';
import { SettingsError } from '../config/env.ts';

/** Whether what an address before the server says of those behind it is believed; `hop` is 0 for the nearest. */
export type TrustedProxies = (address: string, hop: number) => boolean;

/**
 * Reads `VITRINE_TRUSTED_PROXIES`: how many proxies there are, or their addresses and networks with commas between them; empty: none. Fails
 * with SettingsError that names what is wrong.
 */
export function trustedProxies(text: string): TrustedProxies {
  const wanted = text.trim();
  if (/^\d{1,2}$/.test(wanted)) return (_address, hop) => hop < Number(wanted);
  const addresses = wanted
    .split(',')
    .map((address) => address.trim())
    .filter(Boolean);
  try {
    return proxyAddr.compile(addresses);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new SettingsError(
      `VITRINE_TRUSTED_PROXIES: ${why}; write how many there are, or their addresses with commas between them.`,
    );
  }
}

/** From where a request comes: the first address before the proxies that are trusted. Null when the sender has gone. */
export function senderOf(request: IncomingMessage, trusted: TrustedProxies): string | null {
  return request.socket.remoteAddress === undefined ? null : proxyAddr(request, trusted);
}
