/** An interface as the file describes it: the source that its frames name by the interface's place in `Capture.interfaces`. */
export interface CaptureInterface {
  /** LINKTYPE number (tcpdump.org/linktypes.html); from 65,536 on a number of the container's own that no LINKTYPE stands for. */
  readonly linkType: number;
  /** Seconds per tick, e.g. 1e-6. */
  readonly timestampResolution: number;
  /** Bytes of a frame that are kept at most; 0: no limit. */
  readonly snapLength: number;
  /** `eth0`, `\Device\NPF_{...}`; hostile text. */
  readonly name: string | null;
  readonly description: string | null;
  /** Capture filter in words; hostile text. */
  readonly filter: string | null;
}

/** Number from which on link types are the container's own. */
export const OWN_LINK_TYPES = 0x10000;

/** What the simpler formats say of an interface. */
export function plainInterface(
  linkType: number,
  timestampResolution: number,
  snapLength = 0,
  name: string | null = null,
): CaptureInterface {
  return { linkType, timestampResolution, snapLength, name, description: null, filter: null };
}
