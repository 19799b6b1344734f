/** Writes an address from its 32-bit words in network order: IPv4 dotted (first word), IPv6 as RFC 5952. */
export function formatAddress(words: Int32Array, ipv6: boolean): string {
  return ipv6 ? formatIpv6(words) : formatIpv4(words[0] ?? 0);
}

function formatIpv4(word: number): string {
  return `${word >>> 24}.${(word >>> 16) & 255}.${(word >>> 8) & 255}.${word & 255}`;
}

function formatIpv6(words: Int32Array): string {
  if (words[0] === 0 && words[1] === 0 && words[2] === 0xffff) return `::ffff:${formatIpv4(words[3] ?? 0)}`;
  const groups: number[] = [];
  for (const word of words) groups.push(word >>> 16, word & 0xffff);
  const [start, length] = longestZeros(groups);
  const text = groups.map((group) => group.toString(16));
  if (length < 2) return text.join(":");
  return `${text.slice(0, start).join(":")}::${text.slice(start + length).join(":")}`;
}

/** First of the longest runs of zero groups (RFC 5952 4.2.3). */
function longestZeros(groups: readonly number[]): [number, number] {
  let best = 0;
  let bestLength = 0;
  for (let i = 0; i < groups.length; i++) {
    let length = 0;
    while (i + length < groups.length && groups[i + length] === 0) length++;
    if (length > bestLength) {
      best = i;
      bestLength = length;
    }
    i += length;
  }
  return [best, bestLength];
}
