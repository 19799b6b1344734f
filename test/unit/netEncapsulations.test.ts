import { describe, expect, test } from "vitest";
import { analyseBytes, messageLines, onlyConnection } from "../support/analyseBytes.ts";
import { pcapFile } from "../support/captureBuilder.ts";
import { conversation } from "../support/conversation.ts";
import { ENCAPSULATIONS, type Encapsulation, ipv4Packet, wireless } from "../support/encapsulations.ts";
import { be16, be32, concat, fill, octets, zeros } from "../support/encode.ts";
import type { Frame } from "../support/encodeFrame.ts";

const told = () => conversation().negotiate().sessionSetup().treeConnect().validate().file(3000).clientCloses("FIN");
const told6 = () =>
  conversation({ client: { address: "2001:db8:0:0:0:0:0:10", port: 49_152 }, server: { address: "2001:db8:0:0:0:0:0:20", port: 445 } })
    .negotiate()
    .sessionSetup()
    .treeConnect()
    .validate()
    .file(3000)
    .clientCloses("FIN");
const packets = told().frames({ link: "raw", segmentSize: 1400 });
const packets6 = told6().frames({ link: "raw", segmentSize: 1400 });

/** What is left of a message whose header was cut. */
const NAMELESS = ["SMB2 -1 request ", "SMB2 -1 response 0 "];

const wrapped = (frames: readonly Frame[], { linkType, wrap }: Encapsulation) =>
  pcapFile(
    frames.map((frame) => ({ ...frame, bytes: wrap(frame.bytes) })),
    { linkType },
  );

describe.each(Object.entries(ENCAPSULATIONS))("%s", (_, encapsulation) => {
  test("the analysis is that of the bare packets", async () => {
    const bare = await onlyConnection(pcapFile(packets, { linkType: 101 }));
    const detail = await onlyConnection(wrapped(packets, encapsulation));
    expect(detail.messages).toEqual(bare.messages);
    expect(detail.facts.lostFromClient + detail.facts.lostFromServer).toBe(0);
    expect(detail.findings).toEqual(bare.findings);
    expect(detail.facts.truncatedMessages).toBe(0);
  });

  test("of IPv6 too", async () => {
    const bare = await onlyConnection(pcapFile(packets6, { linkType: 101 }));
    const detail = await onlyConnection(wrapped(packets6, encapsulation));
    expect(detail.messages).toEqual(bare.messages);
    expect(detail.facts.lostFromClient + detail.facts.lostFromServer).toBe(0);
  });

  test("cut anywhere, it gives less and nothing else", async () => {
    const whole = new Set(messageLines(await onlyConnection(pcapFile(packets, { linkType: 101 }))));
    const deepest = Math.max(...packets.slice(0, 6).map((packet) => encapsulation.wrap(packet.bytes).length));
    for (let kept = 0; kept < Math.min(deepest, 260); kept += 3) {
      const cut = packets.slice(0, 6).map((frame) => {
        const bytes = encapsulation.wrap(frame.bytes);
        return { ...frame, bytes: bytes.slice(0, kept), original: bytes.length };
      });
      const { analysis, details } = await analyseBytes(pcapFile(cut, { linkType: encapsulation.linkType }));
      expect(analysis.capture.issues.filter(({ kind }) => kind === "read-failed")).toEqual([]);
      for (const detail of details) for (const line of messageLines(detail)) expect([...whole, ...NAMELESS]).toContain(line);
    }
  });
});

describe("what is encrypted is counted under its name", () => {
  const issuesOf = async (linkType: number, bytes: Uint8Array) =>
    (await analyseBytes(pcapFile([{ bytes, time: 0 }], { linkType }))).analysis.capture.issues;
  const secret = fill(64, 0x5a);

  test("802.11", async () => {
    expect(await issuesOf(105, wireless(secret, { flags: 0x41 }))).toEqual([
      { kind: "encrypted-frames", data: { layer: "802.11", frames: 1 } },
    ]);
  });

  test("802.11 with an aggregate", async () => {
    expect(await issuesOf(105, wireless(secret, { control: 0x88, flags: 0x41, behindAddresses: octets(0x80, 0) }))).toEqual([
      { kind: "encrypted-frames", data: { layer: "802.11", frames: 1 } },
    ]);
  });

  test("MACsec", async () => {
    const frame = concat(fill(12, 2), be16(0x88e5), octets(0x2c, 0), be32(1), zeros(8), secret);
    expect(await issuesOf(1, frame)).toEqual([{ kind: "encrypted-frames", data: { layer: "MACsec", frames: 1 } }]);
  });

  test("IPsec", async () => {
    const issues = await issuesOf(101, ipv4Packet(50, secret));
    expect(issues).toEqual([{ kind: "encrypted-frames", data: { layer: "ESP", frames: 1 } }]);
  });

  test("management and empty data frames of 802.11 are no loss", async () => {
    expect(await issuesOf(105, wireless(secret, { control: 0x80, flags: 0x40 }))).toEqual([]);
    expect(await issuesOf(105, wireless(secret, { control: 0x48, flags: 0x41 }))).toEqual([]);
  });
});

describe("by hand", () => {
  /** SYN from 10.0.0.1:1025 to 10.0.0.2:445. */
  const SYN = "4500002800010000400600000a0000010a0000020401 01bd00000001000000005002200000000000";
  const opened = async (linkType: number, hex: string) => {
    const bytes = Uint8Array.from(Buffer.from(hex.replaceAll(/\s/g, ""), "hex"));
    return (await analyseBytes(pcapFile([{ bytes, time: 0 }], { linkType }))).analysis.capture.tcpPorts;
  };
  const ONE = [{ port: 445, connections: 1 }];

  test.each([
    ["Ethernet, VLAN in VLAN", 1, `020000000002 020000000001 88a8 0064 8100 00c8 0800 ${SYN}`],
    [
      "radiotap, 802.11 quality of service",
      127,
      `00000800 00000000 8801 0000 020202020202 040404040404 060606060606 1000 0000 aaaa03000000 0800 ${SYN}`,
    ],
    ["VXLAN", 101, `4500005a00000000401100000a0a00010a0a0002 c350 12b5 0046 0000 08000000 00002a00 020000000002020000000001 0800 ${SYN}`],
    ["ERSPAN II", 101, `4500005a00000000402f00000a0a00010a0a0002 1000 88be 00000001 1000000000000000 020000000002020000000001 0800 ${SYN}`],
    ["PPPoE", 1, `020000000002020000000001 8864 11000001002a 0021 ${SYN}`],
    ["MPLS", 1, `020000000002020000000001 8847 0001 0140 ${SYN}`],
    ["loopback of macOS", 0, `02000000 ${SYN}`],
    ["Linux cooked v2", 276, `0800 0000 00000002 0001 00 06 0200000000010000 ${SYN}`],
  ])("%s", async (_, linkType, hex) => {
    expect(await opened(linkType, hex)).toEqual(ONE);
  });

  test.each([
    ["a label stack without a bottom", 1, `020000000002020000000001 8847 ${"00010040".repeat(40)}`],
    ["PPPoE discovery", 1, `020000000002020000000001 8863 110900000004 01010000 ${SYN}`],
    ["GRE with routing", 101, `4500004000000000402f00000a0a00010a0a0002 4000 0800 ${SYN}`],
    [
      "VXLAN without its flag",
      101,
      `4500005a00000000401100000a0a00010a0a0002 c350 12b5 0046 0000 00000000 00002a00 020000000002020000000001 0800 ${SYN}`,
    ],
    ["an 802.11 fragment", 105, `0805 0000 020202020202 040404040404 060606060606 1000 aaaa03000000 0800 ${SYN}`],
    ["NFLOG with a record of length 0", 239, `02000000 0000 0900 ${SYN}`],
    ["radiotap longer than the frame", 127, `0000ff7f 00000000 ${SYN}`],
    ["ERF whose extension headers do not end", 197, `0000000000000000 8204 0100 0000 0100 ${"8000000000000000".repeat(12)}`],
  ])("%s gives nothing", async (_, linkType, hex) => {
    expect(await opened(linkType, hex)).toEqual([]);
  });

  test("IP in IP without an end is given up", async () => {
    let packet = Uint8Array.from(Buffer.from(SYN.replaceAll(" ", ""), "hex"));
    for (let depth = 0; depth < 2000; depth++) packet = Uint8Array.from(ipv4Packet(4, packet));
    expect((await analyseBytes(pcapFile([{ bytes: packet, time: 0 }], { linkType: 101 }))).analysis.capture.tcpPorts).toEqual([]);
  });

  test("mobile broadband frames of etl2pcapng, whose length counts an Ethernet header that is not there, are whole", async () => {
    const frames = packets.map((frame) => ({ ...frame, original: frame.bytes.length + 14 }));
    const { analysis } = await analyseBytes(pcapFile(frames, { linkType: 101 }));
    expect(analysis.capture.issues).toEqual([]);
    expect(analysis.connections.get(0).messages).toBe(18);
  });
});
