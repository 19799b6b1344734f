import { formatAddress } from "../../net/formatAddress.ts";
import { chain } from "../../struct/chain.ts";
import { choose } from "../../struct/choose.ts";
import type { FieldOptions, FixedField } from "../../struct/field.ts";
import { flagSet } from "../../struct/flagSet.ts";
import { inner } from "../../struct/inner.ts";
import { u16, u32, u64 } from "../../struct/integers.ts";
import { nameSet } from "../../struct/nameSet.ts";
import { reserved } from "../../struct/octets.ts";
import { struct } from "../../struct/struct.ts";

const Capability = flagSet("", { RSS_CAPABLE: [0x1, "interface.rss"], RDMA_CAPABLE: [0x2, "interface.rdma"] });

const Family = nameSet("", { InterNetwork: 0x0002, InterNetworkV6: 0x0017 });

const STORAGE_SIZE = 128;
const FAMILY_SIZE = 2;

/** [MS-SMB2] 2.2.32.5.1.1, without Family. Port and address are big-endian. */
const SockaddrIn = struct("SOCKADDR_IN", "MS-SMB2 2.2.32.5.1.1", {
  Port: reserved(2, { filter: "smb2.windows.sockaddr.port" }),
  IPv4Address: address(4, { text: "interface.address", filter: "smb2.windows.sockaddr.in.addr" }),
  Reserved: reserved(8),
});

/** [MS-SMB2] 2.2.32.5.1.2, without Family. */
const SockaddrIn6 = struct("SOCKADDR_IN6", "MS-SMB2 2.2.32.5.1.2", {
  Port: reserved(2, { filter: "smb2.windows.sockaddr.port" }),
  FlowInfo: u32({ reserved: true, filter: "smb2.windows.sockaddr.in6.flow_info" }),
  IPv6Address: address(16, { text: "interface.address", filter: "smb2.windows.sockaddr.in6.addr" }),
  ScopeId: u32({ filter: "smb2.windows.sockaddr.in6.scope_id" }),
});

/** An address of the server in its 128 bytes. */
export const SockaddrStorage = struct(
  "SOCKADDR_STORAGE",
  "MS-SMB2 2.2.32.5.1",
  { Family: u16({ names: Family, filter: "smb2.windows.sockaddr.family" }) },
  { Buffer: choose({ on: (m) => m.Family, length: () => STORAGE_SIZE - FAMILY_SIZE }, { 2: SockaddrIn, 23: SockaddrIn6 }) },
);

/** One address of the server that a client may open a channel to. */
export const NetworkInterfaceInfo = struct(
  "NETWORK_INTERFACE_INFO Response",
  "MS-SMB2 2.2.32.5",
  {
    Next: u32({ text: "info.nextEntryOffset", filter: "smb2.ioctl.network_interfaces.next_offset" }),
    IfIndex: u32({ text: "interface.index", filter: "smb2.ioctl.network_interfaces.index" }),
    Capability: u32({ flags: Capability, text: "interface.capability", filter: "smb2.ioctl.network_interfaces.capabilities" }),
    Reserved: reserved(4, { filter: "smb2.ioctl.network_interfaces.rss_queue_count" }),
    LinkSpeed: u64({ text: "interface.linkSpeed", filter: "smb2.ioctl.network_interfaces.link_speed" }),
  },
  { SockAddr_Storage: inner(SockaddrStorage, { length: () => STORAGE_SIZE, text: "interface.address" }) },
);

/** Output of FSCTL_QUERY_NETWORK_INTERFACE_INFO. */
export const NetworkInterfaces = struct(
  "NETWORK_INTERFACE_INFO Response",
  "MS-SMB2 2.2.32.5",
  {},
  { Interfaces: chain(NetworkInterfaceInfo, { next: "Next", title: "IfIndex", text: "interface.list" }) },
);

/** An address in network order as text. */
function address(size: 4 | 16, options: FieldOptions<string>): FixedField<string> {
  const read = (bytes: Uint8Array, at: number): string => {
    const view = new DataView(bytes.buffer, bytes.byteOffset + at, size);
    const words = Int32Array.from({ length: size / 4 }, (_, index) => view.getInt32(4 * index));
    return formatAddress(words, size === 16);
  };
  return { size, options, read, show: (value) => ({ value }) };
}
