import type { Segment } from "./segmentSink.ts";
import { tcpChecksumHolds } from "./tcpChecksum.ts";

/** A message that decides something fits into so many bytes; checking the rest would only take time. */
const LONGEST_CHECKED = 600;
const SMB2 = 0xfe53_4d42;
const SMB_LETTERS = 0x53_4d42;
/** Where the Command of an SMB2 header stands in a segment that begins with the direct TCP header ([MS-SMB2] 2.1, 2.2.1). */
const COMMAND_AT = 4 + 12;
const NEGOTIATE = 0;
const SESSION_SETUP = 1;
const TREE_CONNECT = 3;
const IOCTL = 11;

const HOSTS = 1024;
/** So many of its segments with a wrong checksum were accepted one after another: its network card fills the checksums in. */
const ENOUGH = 3;

/**
 * Tells damaged segments. The checksum decides, but for hosts whose network card fills it in after the frame was captured; these are learned,
 * or every connection of such a host would have to wait for its first acknowledgment.
 */
export class DoubtfulSegments {
  /** Accepted segments with a wrong checksum since the last good one, by source address. */
  private readonly accepted = new Uint8Array(HOSTS);

  /** Whether the checksums of the segment's sender mean nothing. */
  believes(segment: Segment): boolean {
    return (this.accepted[hostOf(segment)] ?? 0) >= ENOUGH;
  }

  /** A segment of this sender was acknowledged although its checksum is wrong. */
  learn(host: number): void {
    this.accepted[host] = Math.min(ENOUGH, (this.accepted[host] ?? 0) + 1);
  }

  /**
   * Whether a segment's checksum is wrong, where that matters: on messages whose values are compared, and on small segments that look like
   * no message, since a changed length would hide what follows. The rest is not looked at: payload of files is most of a capture.
   */
  isDoubtful(segment: Segment): boolean {
    if (segment.payloadLength > LONGEST_CHECKED || !decides(segment)) return false;
    if (!hasGoodChecksum(segment)) return true;
    this.accepted[hostOf(segment)] = 0;
    return false;
  }
}

/** Place of the sender's address among those of all hosts; two of them may share one. */
export function hostOf({ view, sourceAt, ipv6 }: Segment): number {
  return (Math.imul(view.getInt32(ipv6 ? sourceAt + 12 : sourceAt), 0x9e3779b1) >>> 16) & (HOSTS - 1);
}

/** Whether the whole segment is there and its checksum is right. */
export function hasGoodChecksum(segment: Segment): boolean {
  if (isPart(segment)) return false;
  return tcpChecksumHolds(segment.view, segment.sourceAt, segment.ipv6 ? 16 : 4, segment.headerAt, segment.payloadEnd);
}

function decides(segment: Segment): boolean {
  if (isPart(segment)) return false;
  if (segment.payloadLength < COMMAND_AT + 2) return true;
  const protocol = segment.view.getUint32(segment.payloadStart + 4);
  if (protocol !== SMB2) return (protocol & 0xffffff) !== SMB_LETTERS;
  const command = segment.view.getUint16(segment.payloadStart + COMMAND_AT, true);
  return command === NEGOTIATE || command === SESSION_SETUP || command === TREE_CONNECT || command === IOCTL;
}

/** Cut by the snap length, or the first of some fragments. */
function isPart(segment: Segment): boolean {
  return segment.partial || segment.payloadEnd - segment.payloadStart !== segment.payloadLength;
}
