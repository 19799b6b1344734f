import type { TcpOption } from "../net/keptHeader.ts";
import type { Certainty } from "./finding.ts";

/*
 * What TCP options of a SYN or its answer say of the devices that it passed. The table is data: a product is one more row. Sources: IANA,
 * "TCP Option Kind Numbers"; Wireshark, packet-tcp.c (Riverbed, SCPS); Cisco's and Citrix' pages on firewalls between their devices.
 */

export interface Accelerator {
  readonly product: string;
  readonly kinds: readonly number[];
  /** Bytes that the value of the option has at least; a shorter one is something else. */
  readonly least: number;
  /** `proved`: nobody else uses the option in this shape. */
  readonly certainty: Certainty;
  /** Where in the value the address of the device nearer to the client stands (IPv4); only where the value is of the first kind below. */
  readonly deviceAt?: number;
}

export const ACCELERATORS: readonly Accelerator[] = [
  { product: "Riverbed SteelHead", kinds: [76], least: 1, certainty: "proved", deviceAt: 2 },
  { product: "Riverbed SteelHead", kinds: [78], least: 14, certainty: "proved" },
  { product: "Cisco WAAS", kinds: [33], least: 0, certainty: "suspected" },
  // Of the documented 24 to 31, those between are assigned to what end systems send (27 to 30).
  { product: "Citrix SD-WAN WANOP", kinds: [24, 25, 26, 31], least: 0, certainty: "suspected" },
  { product: "SCPS-TP", kinds: [20, 21, 22, 23], least: 0, certainty: "suspected" },
];

/** Kinds that end systems send, old and new, by IANA's table. */
const OF_END_SYSTEMS: ReadonlySet<number> = new Set([
  0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 18, 19, 27, 28, 29, 30, 34, 69, 172, 174,
]);
/** For experiments (RFC 6994): end systems and devices alike. */
const EXPERIMENTAL: ReadonlySet<number> = new Set([253, 254]);

/** What an option tells: of a product, of a device that nobody knows, or that it can be anybody's. Undefined: an end system's own. */
export type OptionOrigin = { readonly accelerator: Accelerator } | "device" | "experiment" | undefined;

export function originOf({ kind, value }: TcpOption): OptionOrigin {
  const accelerator = ACCELERATORS.find((one) => one.kinds.includes(kind) && value.length >= one.least);
  if (accelerator !== undefined) return { accelerator };
  if (OF_END_SYSTEMS.has(kind)) return undefined;
  return EXPERIMENTAL.has(kind) ? "experiment" : "device";
}

/** Address of the device that put the option there, where it says so; null: it does not. */
export function deviceAddress(accelerator: Accelerator, { value }: TcpOption): string | null {
  const at = accelerator.deviceAt;
  // The low bit of the first byte marks the version in which the address stands there; types from 3 on have none.
  if (at === undefined || value.length < at + 4 || ((value[0] ?? 0) & 1) === 0 || (value[0] ?? 0) >> 4 > 1) return null;
  const address = value.slice(at, at + 4);
  return address.some((byte) => byte !== 0) ? address.join(".") : null;
}
