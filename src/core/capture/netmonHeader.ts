/** The file header of a Network Monitor file (capturefile-header-values of Network Monitor 2). */
export interface NetmonHeader {
  /** Version as a number: 0x0101, 0x0200 to 0x0203. */
  readonly version: number;
  /** Media type of frames that have none of their own. */
  readonly media: number;
  /** Microseconds since 1970 of the start, by the local clock of the capturing machine. */
  readonly start: number;
  readonly tableOffset: number;
  readonly tableEntries: number;
  readonly commentsOffset: number;
  readonly commentsLength: number;
  readonly processesOffset: number;
  readonly processes: number;
  /** Bytes in front of and behind the data of every frame. */
  readonly frameHeader: number;
  readonly frameTrailer: number;
}

export const NETMON_HEADER = 128;
/** Processes of a file that are read. */
const MOST_PROCESSES = 4096;

export function readNetmonHeader(view: DataView, at: number): NetmonHeader {
  const word = (offset: number) => view.getUint32(at + offset, true);
  const version = (view.getUint8(at + 5) << 8) | view.getUint8(at + 4);
  // Before version 2.2 these places held other things.
  const tables = version >= 0x0202;
  return {
    version,
    media: view.getUint16(at + 6, true),
    start: readSystemTime(view, at + 8),
    tableOffset: word(24),
    tableEntries: Math.floor(word(28) / 4),
    commentsOffset: tables ? word(40) : 0,
    commentsLength: tables ? word(44) : 0,
    processesOffset: tables ? word(48) : 0,
    processes: tables ? Math.min(word(52), MOST_PROCESSES) : 0,
    frameHeader: version < 0x0200 ? 8 : 16,
    frameTrailer: version < 0x0201 ? 0 : version === 0x0201 ? 2 : version === 0x0202 ? 6 : 15,
  };
}

/** SYSTEMTIME: year, month, day of week, day, hour, minute, second, millisecond. */
function readSystemTime(view: DataView, at: number): number {
  const part = (index: number) => view.getUint16(at + 2 * index, true);
  const time = Date.UTC(part(0), part(1) - 1, part(3), part(4), part(5), part(6), part(7));
  return time > 0 ? time * 1000 : 0;
}
