import { decodeLatin1 } from "../bytes/text.ts";
import { OWN_LINK_TYPES, plainInterface } from "./captureInterface.ts";
import { LARGEST_FRAME, MOST_INTERFACES } from "./captureParser.ts";
import { type FrameSink, INBOUND, OUTBOUND } from "./frameSink.ts";
import { RecordParser } from "./recordParser.ts";

/** `iptrace 1.0` or `iptrace 2.0`, without an end. */
const FILE_HEADER = 11;
/** Length and seconds, in front of what the length counts. */
const LENGTH_AND_TIME = 8;
const INFO_1 = 22;
const INFO_2 = 32;
const FDDI = 10;
const FDDI_PADDING = 3;

/** Interface types of IANA as LINKTYPE numbers; the loopback interface of AIX gives IP packets. */
const LINK_TYPES: ReadonlyMap<number, number> = new Map([
  [6, 1],
  [9, 6],
  [15, FDDI],
  [24, 101],
]);

/** iptrace of AIX, versions 1.0 and 2.0, big-endian: each record names the interface and the direction. */
export class IptraceParser extends RecordParser {
  readonly format = "iptrace";
  protected recordHeader = LENGTH_AND_TIME + INFO_1;
  private version2 = false;
  /** Number of the interface by its name and type. */
  private readonly numbers = new Map<string, number>();

  constructor(sink: FrameSink) {
    super(sink, FILE_HEADER);
  }

  protected readHeader(bytes: Uint8Array, _view: DataView, at: number): void {
    this.version2 = bytes[at + 8] === 0x32;
    if (this.version2) this.recordHeader = LENGTH_AND_TIME + INFO_2;
  }

  protected recordLength(view: DataView, at: number): number {
    const length = view.getUint32(at);
    return length < this.recordHeader - LENGTH_AND_TIME || length > LARGEST_FRAME ? -1 : LENGTH_AND_TIME + length;
  }

  protected readRecord(bytes: Uint8Array, view: DataView, at: number): void {
    const info = at + LENGTH_AND_TIME;
    const type = view.getUint8(info + 20);
    const linkType = LINK_TYPES.get(type) ?? OWN_LINK_TYPES + type;
    const whole = LENGTH_AND_TIME + view.getUint32(at) - this.recordHeader;
    const padding = linkType === FDDI ? Math.min(FDDI_PADDING, whole) : 0;
    this.sink.frame(
      bytes,
      view,
      at + this.recordHeader + padding,
      whole - padding,
      whole - padding,
      linkType,
      this.interfaceOf(bytes, info, linkType),
      this.version2 ? view.getUint32(info + 24) : view.getUint32(at + 4),
      this.version2 ? Math.min(view.getUint32(info + 28), 999_999_999) : 0,
      this.frames,
      view.getUint8(info + 21) === 1 ? OUTBOUND : INBOUND,
    );
  }

  /** The interface is named by the prefix, `en`, and the unit, 0. */
  private interfaceOf(bytes: Uint8Array, info: number, linkType: number): number {
    const key = `${decodeLatin1(bytes, info + 3, info + 8)}${linkType}`;
    const known = this.numbers.get(key);
    if (known !== undefined) return known;
    const prefix = decodeLatin1(bytes, info + 4, info + 8).replace(/\0.*$/s, "");
    const number = this.describe(plainInterface(linkType, this.version2 ? 1e-9 : 1, 0, `${prefix}${bytes[info + 3] ?? 0}`));
    if (this.numbers.size < MOST_INTERFACES) this.numbers.set(key, number);
    return number;
  }
}
