const PROTOCOL_TCP = 6;

/**
 * Whether the checksum of a TCP segment is right (RFC 9293 3.1), over the addresses of its IP packet, `addressLength` bytes twice from
 * `addressesAt`, and the whole segment from `start` to `end`. It may be wrong in good frames: a network card fills it in after they
 * were captured. So it can tell which of two copies is true, never that a single one is not.
 */
export function tcpChecksumHolds(view: DataView, addressesAt: number, addressLength: number, start: number, end: number): boolean {
  // Words of 32 bits, since 2^16 is 1 modulo 65,535: half the additions. A double holds their sum exactly.
  let sum = PROTOCOL_TCP + (end - start);
  for (let at = addressesAt; at < addressesAt + 2 * addressLength; at += 4) sum += view.getUint32(at);
  let at = start;
  for (; at + 4 <= end; at += 4) sum += view.getUint32(at);
  if (at + 2 <= end) {
    sum += view.getUint16(at);
    at += 2;
  }
  if (at < end) sum += view.getUint8(at) << 8;
  return sum % 0xffff === 0;
}

/** What stands in the checksum field before the network card fills it in: the folded sum of the pseudo-header, for `length` bytes of TCP. */
export function unfilledChecksum(view: DataView, addressesAt: number, addressLength: number, length: number): number {
  let sum = PROTOCOL_TCP + length;
  for (let at = addressesAt; at < addressesAt + 2 * addressLength; at += 2) sum += view.getUint16(at);
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
  return sum;
}
