import { choose } from "../struct/choose.ts";
import type { FieldOptions, Part, PartPlace } from "../struct/field.ts";
import { flagSet } from "../struct/flagSet.ts";
import { filetime, u16, u32 } from "../struct/integers.ts";
import { nameSet } from "../struct/nameSet.ts";
import { octets, reserved } from "../struct/octets.ts";
import type { Anchor } from "../struct/region.ts";
import { stepped } from "../struct/stepped.ts";
import { type Decoded, type Struct, struct } from "../struct/struct.ts";
import { utf16 } from "../struct/textPart.ts";

/** AvId ([MS-NLMP] 2.2.2.1). */
export const AvId = nameSet("", {
  MsvAvEOL: [0, "ntlm.av.eol"],
  MsvAvNbComputerName: [1, "ntlm.av.nbComputerName"],
  MsvAvNbDomainName: [2, "ntlm.av.nbDomainName"],
  MsvAvDnsComputerName: [3, "ntlm.av.dnsComputerName"],
  MsvAvDnsDomainName: [4, "ntlm.av.dnsDomainName"],
  MsvAvDnsTreeName: [5, "ntlm.av.dnsTreeName"],
  MsvAvFlags: [6, "ntlm.av.flags"],
  MsvAvTimestamp: [7, "ntlm.av.timestamp"],
  MsvAvSingleHost: [8, "ntlm.av.singleHost"],
  MsvAvTargetName: [9, "ntlm.av.targetName"],
  MsvAvChannelBindings: [10, "ntlm.av.channelBindings"],
});

/** Value of MsvAvFlags ([MS-NLMP] 2.2.2.1). The specification gives the bits no names; these say what it says. */
const AvFlags = flagSet("", { CONSTRAINED: 0x1, MIC_PROVIDED: 0x2, UNTRUSTED_SPN: 0x4 });

/** [MS-NLMP] 2.2.2.2. */
const SingleHostData = struct("Single_Host_Data", "MS-NLMP 2.2.2.2", {
  Size: u32(),
  Z4: reserved(4),
  CustomData: octets(8),
  MachineID: octets(32),
});

/** Wireshark names the pairs of a CHALLENGE_MESSAGE and those of an NTLMv2 response apart. */
type FilterPrefix = "ntlmssp.challenge.target_info" | "ntlmssp.ntlmv2_response";

type AvPair = ReturnType<typeof avPair>;

interface PairHead {
  readonly AvId?: number;
  readonly AvLen?: number;
}

const textFilters: Readonly<Record<number, string>> = {
  [AvId.value.MsvAvNbComputerName]: "nb_computer_name",
  [AvId.value.MsvAvNbDomainName]: "nb_domain_name",
  [AvId.value.MsvAvDnsComputerName]: "dns_computer_name",
  [AvId.value.MsvAvDnsDomainName]: "dns_domain_name",
  [AvId.value.MsvAvDnsTreeName]: "dns_tree_name",
  [AvId.value.MsvAvTargetName]: "target_name",
};

function avPair(prefix: FilterPrefix) {
  const length = (m: PairHead): number | undefined => m.AvLen;
  const texts = Object.entries(textFilters).map(([id, filter]) => [id, utf16({ length, filter: `${prefix}.${filter}` })] as const);
  const textParts: Readonly<Record<string, Part<string, PairHead>>> = Object.fromEntries(texts);
  const other = choose<PairHead, Readonly<Record<number, Struct>>>(
    { on: (m) => m.AvId, length },
    {
      [AvId.value.MsvAvFlags]: struct("MsvAvFlags", "MS-NLMP 2.2.2.1", { Flags: u32({ flags: AvFlags, filter: `${prefix}.flags` }) }),
      [AvId.value.MsvAvTimestamp]: struct("MsvAvTimestamp", "MS-NLMP 2.2.2.1", { Timestamp: filetime({ filter: `${prefix}.timestamp` }) }),
      [AvId.value.MsvAvSingleHost]: SingleHostData,
      [AvId.value.MsvAvChannelBindings]: struct("MsvAvChannelBindings", "MS-NLMP 2.2.2.1", {
        ChannelBindings: octets(16, { filter: `${prefix}.channel_bindings` }),
      }),
    },
  );
  return struct(
    "AV_PAIR",
    "MS-NLMP 2.2.2.1",
    {
      AvId: u16({ names: AvId, text: "ntlm.avId", filter: `${prefix}.item.type` }),
      AvLen: u16({ text: "ntlm.avLen", filter: `${prefix}.item.length` }),
    },
    { Value: { walk: (place: PartPlace<PairHead>) => (textParts[place.values.AvId ?? -1] ?? other).walk(place) } },
  );
}

interface AvPairsOptions<M> extends FieldOptions, Anchor<M> {
  readonly prefix: FilterPrefix;
  /** Without: all bytes that are left. */
  readonly length?: (values: M) => number | undefined;
}

/** A list of AV_PAIR, which ends with MsvAvEOL. */
export function avPairs<M>(options: AvPairsOptions<M>): Part<readonly Decoded<AvPair>[], M> {
  const item = avPair(options.prefix);
  return stepped<AvPair, M>(item, { ...options, step: (pair: PairHead) => nextPair(item.size, pair) });
}

function nextPair(size: number, { AvId: id, AvLen: length }: PairHead): number | undefined {
  return id === AvId.value.MsvAvEOL || length === undefined ? undefined : size + length;
}
