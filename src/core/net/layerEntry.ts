/** Layers whose content is encrypted, as the issue names them. */
export type EncryptedLayer = "802.11" | "MACsec" | "ESP";

/**
 * Where a layer off the straight way (Ethernet, IP, TCP) hands on what it carries. `bytes[start, end)` is what the file holds of it,
 * `wire` how many bytes it had on the wire; the bytes are those of the frame at hand.
 */
export interface LayerEntry {
  /** A frame of this LINKTYPE number. */
  link(linkType: number, view: DataView, start: number, end: number, wire: number): void;
  etherType(type: number, view: DataView, start: number, end: number, wire: number): void;
  /** An IP packet of either version. */
  internet(view: DataView, start: number, end: number, wire: number): void;
  /** The frame's content is encrypted by this layer: it is counted. */
  encrypted(layer: EncryptedLayer): void;
}

/** LINKTYPE_ETHERNET. */
export const ETHERNET = 1;
export const ETHERTYPE_IPV4 = 0x0800;
export const ETHERTYPE_IPV6 = 0x86dd;
