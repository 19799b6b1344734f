import { be16, be32, concat, fill, le16, le32, octets, zeros } from "./encode.ts";

/* One IP packet in every wrapping that a capture of SMB comes with. */

export interface Encapsulation {
  readonly linkType: number;
  wrap(ip: Uint8Array): Uint8Array;
}

const etherTypeOf = (ip: Uint8Array) => be16((ip[0] ?? 0) >> 4 === 6 ? 0x86dd : 0x0800);
const MACS = octets(2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1);
/** Padded and with a check sequence, as a mirrored port may leave it. */
const ethernet = (ip: Uint8Array) => concat(MACS, etherTypeOf(ip), ip);
const snap = (ip: Uint8Array) => concat(octets(0xaa, 0xaa, 3, 0, 0, 0), etherTypeOf(ip), ip);
const ppp = (ip: Uint8Array) => concat(be16((ip[0] ?? 0) >> 4 === 6 ? 0x0057 : 0x0021), ip);
const pppoe = (ip: Uint8Array) => concat(octets(0x11, 0), be16(7), be16(ip.length + 2), ppp(ip));

/** An IPv4 packet of another protocol around `payload`. */
export function ipv4Packet(protocol: number, payload: Uint8Array): Uint8Array {
  return concat(
    octets(0x45, 0),
    be16(20 + payload.length),
    be32(0x0001_0000),
    octets(64, protocol, 0, 0, 203, 0, 113, 1, 203, 0, 113, 2),
    payload,
  );
}

function ipv6Packet(next: number, payload: Uint8Array): Uint8Array {
  return concat(octets(0x60, 0, 0, 0), be16(payload.length), octets(next, 64), fill(16, 0x20), fill(16, 0x21), payload);
}

const udp = (port: number, payload: Uint8Array) => concat(be16(50_000), be16(port), be16(8 + payload.length), be16(0), payload);
const vxlan = (frame: Uint8Array) => concat(octets(8, 0, 0, 0, 0, 0, 42, 0), frame);

interface Wireless {
  readonly control?: number;
  readonly flags?: number;
  readonly behindAddresses?: Uint8Array;
}

/** An 802.11 data frame, from the station to the access point unless told otherwise. */
export function wireless(body: Uint8Array, { control = 0x08, flags = 1, behindAddresses = zeros(0) }: Wireless = {}): Uint8Array {
  return concat(octets(control, flags, 0, 0), fill(6, 2), fill(6, 4), fill(6, 6), octets(0x10, 0), behindAddresses, body);
}

const aggregate = (ip: Uint8Array) => concat(MACS, be16(ip.length + 8), snap(ip));
const radiotap = (fields: Uint8Array, present: number, frame: Uint8Array) =>
  concat(octets(0, 0), le16(8 + fields.length), le32(present), fields, frame);

/** By what a person would call them. */
export const ENCAPSULATIONS: Readonly<Record<string, Encapsulation>> = {
  "raw IP of OpenBSD": { linkType: 14, wrap: (ip) => ip },
  "BSD loopback, big-endian": { linkType: 108, wrap: (ip) => concat(be32(2), ip) },
  "OpenBSD loopback, under its own number": { linkType: 12, wrap: (ip) => concat(be32(2), ip) },
  "OpenBSD IPsec": { linkType: 109, wrap: (ip) => concat(le32(2), zeros(8), ip) },
  pflog: { linkType: 117, wrap: (ip) => concat(octets(61), zeros(63), ip) },
  PKTAP: { linkType: 258, wrap: (ip) => concat(le32(108), le32(1), le32(1), zeros(96), ethernet(ip)) },
  "PKTAP under its old number": { linkType: 149, wrap: (ip) => concat(le32(108), le32(1), le32(101), zeros(96), ip) },
  "private link type with Ethernet": { linkType: 147, wrap: ethernet },
  "private link type with IP": { linkType: 150, wrap: (ip) => ip },
  NFLOG: { linkType: 239, wrap: (ip) => concat(octets(2, 0, 0, 0), le16(5), le16(10), zeros(4), le16(4 + ip.length), le16(9), ip) },
  NetAnalyzer: { linkType: 240, wrap: (ip) => concat(zeros(4), ethernet(ip), fill(4, 0xee)) },
  "NetAnalyzer transparent": { linkType: 241, wrap: (ip) => concat(zeros(4), fill(7, 0x55), octets(0xd5), ethernet(ip), fill(4, 0xee)) },
  ERF: { linkType: 197, wrap: (ip) => concat(zeros(8), octets(2, 4), be16(ip.length + 32), zeros(4), zeros(2), ethernet(ip)) },
  "ERF with extension headers": {
    linkType: 197,
    wrap: (ip) =>
      concat(zeros(8), octets(0x82, 4), be16(ip.length + 48), zeros(4), octets(0x80), zeros(7), zeros(8), zeros(2), ethernet(ip)),
  },
  PPP: { linkType: 9, wrap: (ip) => concat(octets(0xff, 3), ppp(ip)) },
  "PPP without address and control, its protocol in one byte": { linkType: 9, wrap: (ip) => concat(ppp(ip).subarray(1)) },
  "PPP with MPLS": { linkType: 9, wrap: (ip) => concat(octets(0xff, 3), be16(0x0281), be32(0x0010_0140), ip) },
  "Cisco HDLC on a serial line": { linkType: 50, wrap: (ip) => concat(octets(0x0f, 0), etherTypeOf(ip), ip) },
  "Cisco HDLC": { linkType: 104, wrap: (ip) => concat(octets(0x8f, 0), etherTypeOf(ip), ip) },
  PPPoE: { linkType: 51, wrap: (ip) => pppoe(ip) },
  "PPPoE on Ethernet, padded": { linkType: 1, wrap: (ip) => concat(MACS, be16(0x8864), pppoe(ip), fill(9, 0xee)) },
  "Ethernet with 802.2 SNAP": { linkType: 1, wrap: (ip) => concat(MACS, be16(ip.length + 8), snap(ip), fill(7, 0xee)) },
  "cooked with 802.2 SNAP": { linkType: 113, wrap: (ip) => concat(zeros(14), be16(4), snap(ip)) },
  "Ethernet with a check sequence": { linkType: 1, wrap: (ip) => concat(ethernet(ip), fill(4, 0xee)) },
  MPLS: { linkType: 1, wrap: (ip) => concat(MACS, be16(0x8847), be32(0x0010_0040), be32(0x0020_0140), ip) },
  "MPLS with Ethernet behind a control word": {
    linkType: 1,
    wrap: (ip) => concat(MACS, be16(0x8847), be32(0x0010_0140), be32(0), ethernet(ip)),
  },
  "802.1Q behind MPLS": {
    linkType: 1,
    wrap: (ip) => concat(MACS, be16(0x8847), be32(0x0010_0140), be32(0), MACS, be16(0x8100), be16(5), etherTypeOf(ip), ip),
  },
  MACsec: {
    linkType: 1,
    wrap: (ip) => concat(MACS, be16(0x88e5), octets(0x20, 0), be32(1), zeros(8), etherTypeOf(ip), ip, fill(16, 0xee)),
  },
  "VN-Tag": { linkType: 1, wrap: (ip) => concat(MACS, be16(0x8926), be32(0x8000_0001), etherTypeOf(ip), ip) },
  "802.1BR tag": { linkType: 1, wrap: (ip) => concat(MACS, be16(0x893f), zeros(6), etherTypeOf(ip), ip) },
  "802.11": { linkType: 105, wrap: (ip) => wireless(snap(ip)) },
  "802.11 with quality of service": {
    linkType: 105,
    wrap: (ip) => wireless(snap(ip), { control: 0x88, behindAddresses: octets(0, 0) }),
  },
  "802.11 with four addresses and HT control": {
    linkType: 105,
    wrap: (ip) => wireless(snap(ip), { control: 0x88, flags: 0x83, behindAddresses: zeros(12) }),
  },
  "802.11, decrypted, the bit left": { linkType: 105, wrap: (ip) => wireless(snap(ip), { flags: 0x41 }) },
  "802.11, decrypted, bit and cipher header left": {
    linkType: 105,
    wrap: (ip) => wireless(concat(octets(1, 2, 0, 0x20, 0, 0, 0, 0), snap(ip)), { flags: 0x41 }),
  },
  "802.11 with an aggregate": {
    linkType: 105,
    wrap: (ip) => {
      const other = aggregate(ipv4Packet(1, zeros(9)));
      return wireless(concat(other, zeros((4 - (other.length % 4)) % 4), aggregate(ip)), {
        control: 0x88,
        behindAddresses: octets(0x80, 0),
      });
    },
  },
  radiotap: { linkType: 127, wrap: (ip) => radiotap(zeros(0), 0, wireless(snap(ip))) },
  "radiotap with time, check sequence and padding": {
    linkType: 127,
    wrap: (ip) =>
      radiotap(
        concat(zeros(8), octets(0x30, 0)),
        3,
        concat(wireless(snap(ip), { control: 0x88, behindAddresses: zeros(4) }), fill(4, 0xee)),
      ),
  },
  "radiotap with more present words": {
    linkType: 127,
    wrap: (ip) => radiotap(concat(le32(0x8000_0000), le32(0), octets(0x10)), 0x8000_0002, concat(wireless(snap(ip)), fill(4, 0xee))),
  },
  PPI: {
    linkType: 192,
    wrap: (ip) =>
      concat(octets(0, 0), le16(32), le32(105), le16(2), le16(20), zeros(8), le16(1), zeros(10), wireless(snap(ip)), fill(4, 0xee)),
  },
  "PPI with Ethernet": { linkType: 192, wrap: (ip) => concat(octets(0, 0), le16(8), le32(1), ethernet(ip)) },
  Prism: { linkType: 119, wrap: (ip) => concat(le32(0x44), le32(144), zeros(136), wireless(snap(ip))) },
  AVS: { linkType: 163, wrap: (ip) => concat(be32(0x8021_1001), be32(64), zeros(56), wireless(snap(ip))) },
  "802.11 on an interface called Ethernet": {
    linkType: 1,
    wrap: (ip) => wireless(snap(ip), { control: 0x88, behindAddresses: octets(0, 0) }),
  },
  GRE: { linkType: 1, wrap: (ip) => ethernet(ipv4Packet(47, concat(be16(0), etherTypeOf(ip), ip))) },
  "GRE with checksum, key and sequence": {
    linkType: 1,
    wrap: (ip) => ethernet(ipv4Packet(47, concat(be16(0xb000), etherTypeOf(ip), zeros(12), ip))),
  },
  "GRE with PPP": {
    linkType: 1,
    wrap: (ip) => ethernet(ipv4Packet(47, concat(be16(0x3081), be16(0x880b), zeros(12), octets(0xff, 3), ppp(ip)))),
  },
  "GRE with Ethernet": { linkType: 1, wrap: (ip) => ethernet(ipv4Packet(47, concat(be16(0), be16(0x6558), ethernet(ip)))) },
  "ERSPAN I": { linkType: 1, wrap: (ip) => ethernet(ipv4Packet(47, concat(be16(0), be16(0x88be), ethernet(ip)))) },
  "ERSPAN II": {
    linkType: 1,
    wrap: (ip) => ethernet(ipv4Packet(47, concat(be16(0x1000), be16(0x88be), be32(1), octets(0x10), zeros(7), ethernet(ip)))),
  },
  "ERSPAN III": {
    linkType: 1,
    wrap: (ip) => ethernet(ipv4Packet(47, concat(be16(0x1000), be16(0x22eb), be32(1), octets(0x20), zeros(11), ethernet(ip)))),
  },
  "ERSPAN III with a subheader": {
    linkType: 1,
    wrap: (ip) =>
      ethernet(ipv4Packet(47, concat(be16(0x1000), be16(0x22eb), be32(1), octets(0x20), zeros(10), octets(1), zeros(8), ethernet(ip)))),
  },
  VXLAN: { linkType: 1, wrap: (ip) => ethernet(ipv4Packet(17, udp(4789, vxlan(ethernet(ip))))) },
  "VXLAN over IPv6, old port": { linkType: 1, wrap: (ip) => ethernet(ipv6Packet(17, udp(8472, vxlan(ethernet(ip))))) },
  "Geneve with Ethernet": {
    linkType: 1,
    wrap: (ip) => ethernet(ipv4Packet(17, udp(6081, concat(octets(2, 0), be16(0x6558), zeros(12), ethernet(ip))))),
  },
  "Geneve with IP": {
    linkType: 1,
    wrap: (ip) => ethernet(ipv4Packet(17, udp(6081, concat(octets(0, 0), etherTypeOf(ip), zeros(4), ip)))),
  },
  "IP in IP": { linkType: 1, wrap: (ip) => ethernet(ipv4Packet((ip[0] ?? 0) >> 4 === 6 ? 41 : 4, ip)) },
  "IP in IPv6": { linkType: 1, wrap: (ip) => ethernet(ipv6Packet((ip[0] ?? 0) >> 4 === 6 ? 41 : 4, ip)) },
  EtherIP: { linkType: 1, wrap: (ip) => ethernet(ipv4Packet(97, concat(be16(0x3000), ethernet(ip)))) },
  "MPLS in IP": { linkType: 1, wrap: (ip) => ethernet(ipv4Packet(137, concat(be32(0x0010_0140), ip))) },
  "IP in GRE in VXLAN": {
    linkType: 1,
    wrap: (ip) => ethernet(ipv4Packet(17, udp(4789, vxlan(ethernet(ipv4Packet(47, concat(be16(0), etherTypeOf(ip), ip))))))),
  },
};
