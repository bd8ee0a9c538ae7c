import { isIPv4, isIPv6 } from 'node:net';

/** Whom a limit counts: an IPv4 address, or the /64 an IPv6 address lies in, since one household owns all of it. */
export function addressBucket(ip: string | undefined): string {
  if (!ip) return 'unknown';
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)?.[1];
  if (mapped ?? isIPv4(ip)) return mapped ?? ip;
  if (!isIPv6(ip)) return 'unknown';
  return `${groupsOf(ip).slice(0, 4).join(':')}::/64`;
}

/** The eight groups, however the address was shortened. */
function groupsOf(ip: string): string[] {
  const address = ip.replace(/%.*$/, '').replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_, a, b, c, d) => `${hex(a, b)}:${hex(c, d)}`);
  const [head = '', tail] = address.split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const missing = tail === undefined ? 0 : 8 - before.length - after.length;
  return [...before, ...Array<string>(missing).fill('0'), ...after].map((group) => Number.parseInt(group, 16).toString(16));
}

const hex = (high: string, low: string): string => (Number(high) * 256 + Number(low)).toString(16);

export const isLoopback = (ip: string | undefined): boolean => ip === '127.0.0.1' || ip === '::1' || ip === '::ffff:127.0.0.1';
