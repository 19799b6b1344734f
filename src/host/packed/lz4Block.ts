const SHORTEST_MATCH = 4;

/**
 * Unpacks one LZ4 block (lz4_Block_format.md of the LZ4 project) to `output[start, limit)`; matches may reach back to `output[0]`.
 * @returns number of bytes unpacked; -1 where the block cannot be right
 */
export function decodeLz4Block(block: Uint8Array, output: Uint8Array, start: number, limit: number): number {
  let at = 0;
  let to = start;
  const end = block.length;
  while (at < end) {
    const token = block[at++] as number;
    let literals = token >>> 4;
    if (literals === 15) {
      let more: number;
      do {
        if (at >= end) return -1;
        more = block[at++] as number;
        literals += more;
      } while (more === 255);
    }
    if (at + literals > end || to + literals > limit) return -1;
    // A call of set() costs more than copying the few bytes that are usual.
    if (literals > 32) output.set(block.subarray(at, at + literals), to);
    else for (let i = 0; i < literals; i++) output[to + i] = block[at + i] as number;
    at += literals;
    to += literals;
    // The last sequence has no match.
    if (at === end) return to - start;

    if (at + 2 > end) return -1;
    const distance = (block[at] as number) | ((block[at + 1] as number) << 8);
    at += 2;
    let length = token & 15;
    if (length === 15) {
      let more: number;
      do {
        if (at >= end) return -1;
        more = block[at++] as number;
        length += more;
      } while (more === 255);
    }
    length += SHORTEST_MATCH;
    if (distance === 0 || distance > to || to + length > limit) return -1;
    const from = to - distance;
    // A match may overlap what it writes: then it repeats, byte by byte.
    if (distance >= length && length > 32) output.copyWithin(to, from, from + length);
    else for (let i = 0; i < length; i++) output[to + i] = output[from + i] as number;
    to += length;
  }
  return -1;
}
