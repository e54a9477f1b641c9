/** The groups of one half of an IPv6 address. */
function groupsOf(half: string | undefined): string[] {
  return half ? half.split(':') : [];
}

/**
 * What of a network address one sender holds: an IPv4 address whole, and of IPv6 the first 64 bits, since everybody is given 2^64
 * addresses to choose from.
 */
export function addressBlock(address: string): string {
  const plain = address.toLowerCase().replace(/^::ffff:(?=\d+\.)/, '');
  if (!plain.includes(':')) return plain;
  const [head, tail] = plain.split('::');
  const first = groupsOf(head);
  const last = groupsOf(tail);
  const middle = plain.includes('::') ? Math.max(0, 8 - first.length - last.length) : 0;
  const groups = [...first, ...Array.from({ length: middle }, () => '0'), ...last];
  return groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':');
}
