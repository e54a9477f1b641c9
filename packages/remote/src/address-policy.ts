import ipaddr from 'ipaddr.js';

/** A network in CIDR notation, e.g. `10.20.0.0/16`, or one address. */
export type Network = string;

/** Whether a text names a network or an address. */
export function isNetwork(text: string): boolean {
  return ipaddr.isValid(text) || ipaddr.isValidCIDR(text);
}

type Range = readonly [ipaddr.IPv4 | ipaddr.IPv6, number];

function rangeOf(network: Network): Range {
  if (network.includes('/')) return ipaddr.parseCIDR(network);
  const address = ipaddr.parse(network);
  return [address, address.kind() === 'ipv4' ? 32 : 128];
}

/** Addresses that carry an IPv4 address within, which whoever translates them would reach. */
function embedded(address: ipaddr.IPv6): ipaddr.IPv4 | null {
  const bytes = address.toByteArray();
  const from = (start: number) => new ipaddr.IPv4(bytes.slice(start, start + 4));
  if (address.isIPv4MappedAddress()) return address.toIPv4Address();
  switch (address.range()) {
    case 'rfc6052':
      return from(12);
    case '6to4':
      return from(2);
    default:
      // `::a.b.c.d`, which nobody uses any more and some still route.
      return bytes.slice(0, 12).every((byte) => byte === 0) ? from(12) : null;
  }
}

/** Whether an address is one of the public internet. */
function isPublic(address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  if (address instanceof ipaddr.IPv6) {
    const within = embedded(address);
    if (within) return within.range() === 'unicast';
  }
  return address.range() === 'unicast';
}

/**
 * Which addresses may be connected to: those of the public internet, and those of the networks that the operator allows. What is no
 * address is not allowed.
 */
export function createAddressPolicy(allowed: readonly Network[]): (address: string) => boolean {
  const ranges = allowed.map(rangeOf);
  return (text) => {
    if (!ipaddr.isValid(text)) return false;
    const address = ipaddr.process(text);
    if (ranges.some(([network, bits]) => address.kind() === network.kind() && address.match([network, bits])))
      return true;
    return isPublic(ipaddr.parse(text)) && isPublic(address);
  };
}
