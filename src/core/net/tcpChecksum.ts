const PROTOCOL_TCP = 6;

/**
 * Whether the checksum of a TCP segment is right (RFC 9293 3.1), over the addresses of its IP packet, `addressLength` bytes twice from
 * `addressesAt`, and the whole segment `bytes[start, end)`. It may be wrong in good frames: a network card fills it in after they
 * were captured. So it can tell which of two copies is true, never that a single one is not.
 */
export function tcpChecksumHolds(bytes: Uint8Array, addressesAt: number, addressLength: number, start: number, end: number): boolean {
  let sum = PROTOCOL_TCP + (end - start);
  for (let at = addressesAt; at < addressesAt + 2 * addressLength; at += 2) sum += ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
  let at = start;
  for (; at + 1 < end; at += 2) sum += ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
  if (at < end) sum += (bytes[at] ?? 0) << 8;
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
  return sum === 0xffff;
}
