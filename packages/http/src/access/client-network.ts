/**
 * What an address is counted by: an IPv4 address itself, also when it is written inside IPv6, and the /64 of
 * an IPv6 address, as one host has all of that.
 */
export function clientNetwork(address: string): string {
  if (!address.includes(':')) return address;
  if (address.includes('.')) return address.slice(address.lastIndexOf(':') + 1);
  const [head = ''] = address.split('::');
  const groups = head === '' ? [] : head.split(':');
  return [...groups, '0', '0', '0', '0'].slice(0, 4).join(':').toLowerCase();
}
