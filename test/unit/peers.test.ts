import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { analyse } from "../../src/core/analyse.ts";
import { memorySource } from "../../src/core/bytes/byteSource.ts";
import { guessPeer, type PeerSigns, productText } from "../../src/core/model/peer.ts";
import { PEER_PRODUCTS, WINDOWS_RELEASES } from "../../src/core/model/peerProducts.ts";
import { peerOf } from "../../src/core/model/peersOf.ts";
import { readNtlmVersion } from "../../src/core/security/readNtlmVersion.ts";

const LAB = path.resolve(import.meta.dirname, "../../../shared/captures/lab");
const NO_VERSIONS = { clientVersion: 0, clientVersionFrame: 0, serverVersion: 0, serverVersionFrame: 0 };
const word = (major: number, minor: number, build: number) => ((major << 24) | (minor << 16) | build) >>> 0;

function server(guid: string, version = 0, dialects: readonly number[] = [0x0302]): PeerSigns {
  const ntlm = { ...NO_VERSIONS, serverVersion: version, serverVersionFrame: version === 0 ? 0 : 9 };
  return { side: "server", negotiate: { frame: 6, guid, capabilities: 0x4f, dialects }, ntlm };
}

function client(capabilities: number, dialects: readonly number[], version = 0, guid = "1c319d42-aa9e-4ea3-ab0d-cfadba4a9abb"): PeerSigns {
  const ntlm = { ...NO_VERSIONS, clientVersion: version, clientVersionFrame: version === 0 ? 0 : 8 };
  return { side: "client", negotiate: { frame: 4, guid, capabilities, dialects }, ntlm };
}

const RANDOM = "3f3dd02c-00b2-4fe1-bdd4-c8b70c275666";

describe("what an end looks like", () => {
  it.each<[string, PeerSigns, string | null]>([
    ["a ServerGuid that spells a name", server("7362616c-7672-0000-0000-000000000000"), "Samba (smbd)"],
    ["a name of fifteen characters", server("626d6173-2d61-6f63-6e74-61696e657200"), "Samba (smbd)"],
    ["one changed byte of it", server("8c62616c-7672-0000-0000-000000000000"), null],
    ["a name without an end", server("41424344-4142-4142-4142-414243444546"), null],
    ["constants", server("41414141-4141-4141-4141-414141414141"), "impacket"],
    ["a build of Windows", server(RANDOM, word(6, 3, 9600)), "Windows 8.1 or Server 2012 R2"],
    ["Windows 7 by its build", server(RANDOM, word(6, 1, 7601), [0x0210]), "Windows 7 or Server 2008 R2"],
    ["that build on a dialect that Windows 7 does not have", server(RANDOM, word(6, 1, 7601)), null],
    ["an unknown build", server(RANDOM, word(6, 1, 0)), null],
    ["the kernel's capabilities and dialects", client(0x77, [0x0210, 0x0300, 0x0302, 0x0311]), "Linux kernel client"],
    ["these capabilities with 2.0.2", client(0x77, [0x0202, 0x0210, 0x0300]), null],
    ["Samba's version and capabilities", client(0x7f, [0x0202, 0x0210, 0x0300], word(6, 1, 0)), "Samba client (smbclient, libsmbclient)"],
    ["Samba on 2.1", client(0, [0x0202, 0x0210], word(6, 1, 0)), "Samba client (smbclient, libsmbclient)"],
    ["macOS says Windows 7 too", client(0x7f, [0x0202, 0x0210, 0x0300, 0x0302, 0x0311], word(6, 1, 7600)), null],
    ["go-smb2", client(0x44, [0x0311], word(10, 0, 0)), "go-smb2"],
    ["sixteen letters", client(0x40, [0x0202], 0, "62545a4e-5542-436a-684d-424a4c577541"), "impacket"],
    ["nmap", client(0, [0x0202], 0, "34333231-3635-3837-3930-313233343536"), "nmap"],
    ["nothing", { side: "client", negotiate: null, ntlm: NO_VERSIONS }, null],
  ])("%s", (_what, signs, product) => {
    expect(guessPeer(signs)?.product ?? null).toBe(product);
  });

  it("says by what", () => {
    expect(guessPeer(client(0x7f, [0x0300], word(6, 1, 0)))).toMatchObject({
      certainty: "likely",
      evidence: [
        { frame: 4, field: "Capabilities", value: "0x0000007f" },
        { frame: 8, field: "Version", value: "6.1.0" },
      ],
    });
    expect(guessPeer(server("41414141-4141-4141-4141-414141414141"))?.certainty).toBe("certain");
  });

  it("has a name in both languages for every product", () => {
    for (const name of [...PEER_PRODUCTS.map((product) => product.name.en), ...WINDOWS_RELEASES.map(([, , release]) => release)]) {
      expect(productText(name, "en")).toBe(name);
      expect(productText(name, "ja")).not.toMatch(/ or | to |client \(/);
    }
  });
});

describe("the version of NTLMSSP", () => {
  const challenge = (flags: number, length: number) => {
    const bytes = new Uint8Array(8 + length);
    const view = new DataView(bytes.buffer);
    bytes.set([...new TextEncoder().encode("NTLMSSP\0")], 8);
    view.setUint32(16, 2, true);
    view.setUint32(28, flags, true);
    if (length >= 56) bytes.set([6, 3, 0x80, 0x25, 0, 0, 0, 15], 56);
    return readNtlmVersion(bytes, view, 0, bytes.length);
  };

  it("is read where the flag says that it is there, and the buffer reaches so far", () => {
    expect([challenge(0x02000000, 56), challenge(0, 56), challenge(0x02000000, 55), challenge(0x02000000, 40)]).toEqual([
      word(6, 3, 9600),
      0,
      0,
      0,
    ]);
  });
});

describe("the real peers of the laboratory, where its captures are", () => {
  interface LabCapture {
    readonly file: string;
    readonly server: { readonly kind: string };
    readonly clients: readonly { readonly cmd: string }[];
  }

  const CLIENTS: readonly (readonly [RegExp, string])[] = [
    [/winlike|impacket/, "impacket"],
    [/linux|mount/i, "Linux kernel client"],
    [/gosmb2|rclone/, "go-smb2"],
    [/nmap/, "nmap"],
    [/smbclient/, "Samba client (smbclient, libsmbclient)"],
  ];
  const serverOf = (kind: string) => (kind.startsWith("samba") ? "Samba (smbd)" : kind);
  const clientOf = (cmd: string) => CLIENTS.find(([pattern]) => pattern.test(cmd))?.[1] ?? "unknown";

  const labCaptures = () =>
    (JSON.parse(readFileSync(path.join(LAB, "manifest.json"), "utf8")) as { readonly captures: readonly LabCapture[] }).captures;

  it("are never mistaken, and mostly known", async () => {
    const captures = existsSync(LAB) ? labCaptures() : [];
    const wrong: string[] = [];
    let right = 0;
    let unknown = 0;
    for (const capture of captures) {
      const { connections } = await analyse(memorySource(new Uint8Array(readFileSync(path.join(LAB, capture.file)))));
      const truth = { server: [serverOf(capture.server.kind)], client: capture.clients.map(({ cmd }) => clientOf(cmd)) };
      for (let index = 0; index < connections.count; index++) {
        const connection = connections.get(index);
        if (connection.negotiate === null) continue;
        for (const side of ["client", "server"] as const) {
          const guess = peerOf(connection, side)?.product;
          if (guess === undefined) unknown++;
          else if (truth[side].includes(guess)) right++;
          else wrong.push(`${capture.file}: ${side} ${guess}`);
        }
      }
    }
    expect(wrong).toEqual([]);
    expect(right).toBeGreaterThanOrEqual(0.95 * (right + unknown));
  });
});
