import { describe, expect, test } from "vitest";
import { type AnalyseProgress, analyse, type BegunConnection } from "../../src/core/analyse.ts";
import { type ByteSource, memorySource } from "../../src/core/bytes/byteSource.ts";
import { analyseBytes } from "../support/analyseBytes.ts";
import { BASE_SECONDS, pcapFile, pcapngFile } from "../support/captureBuilder.ts";
import { CLIENT, CLIENT_GUID, conversation, SERVER, SERVER_GUID } from "../support/conversation.ts";
import { smb1Message } from "../support/encodeMessage.ts";

const failing = (port: number) =>
  conversation({ client: { ...CLIENT, port } })
    .negotiate()
    .sessionSetup()
    .treeConnect()
    .validate({ response: { capabilities: 0x4f } })
    .clientCloses("FIN");
const healthy = (port: number) =>
  conversation({ client: { ...CLIENT, port } })
    .negotiate()
    .sessionSetup()
    .treeConnect({ path: "\\\\srv\\IPC$" })
    .treeConnect({ path: "\\\\srv\\data" })
    .validate()
    .file(4000)
    .logoff()
    .clientCloses("FIN");

/** A capture of more than a MiB: many connections one after the other. */
const large = () =>
  pcapFile(
    Array.from({ length: 150 }, (_, index) =>
      (index % 2 === 0 ? failing : healthy)(20_000 + index)
        .serverCloses("FIN")
        .frames(),
    ).flat(),
  );

const NOTHING_COUNTED = { retransmissions: 0, keepAlives: 0, zeroWindows: 0, urgent: 0 };

describe("a connection as it is kept", () => {
  test("everything of a healthy one", async () => {
    const { analysis } = await analyseBytes(healthy(50_000).pcap());
    expect(analysis.connections.get(0)).toEqual({
      id: 1,
      client: { ...CLIENT, port: 50_000 },
      server: SERVER,
      firstFrame: 1,
      lastFrame: 30,
      firstTime: 5e9,
      lastTime: 5e9 + 25e6,
      ended: { by: "client", how: "FIN", frame: 30 },
      dialect: 0x0302,
      negotiate: {
        requestFrame: 4,
        responseFrame: 5,
        clientGuid: CLIENT_GUID,
        serverGuid: SERVER_GUID,
        clientCapabilities: 0x7f,
        serverCapabilities: 0x4e,
        clientSecurityMode: 1,
        serverSecurityMode: 1,
        clientDialects: [0x0202, 0x0210, 0x0300, 0x0302],
      },
      ntlmVersions: { clientVersion: 0, clientVersionFrame: 6, serverVersion: 0, serverVersionFrame: 7 },
      sessions: [
        {
          id: "0x0000000031a8e154",
          user: "tester",
          domain: "WORKGROUP",
          guest: false,
          anonymous: false,
          signed: true,
          encrypted: false,
          status: 0,
        },
      ],
      share: "\\\\srv\\data",
      validateNegotiate: [
        { requestFrame: 14, responseFrame: 15, status: 0, requestSigned: true, responseSigned: true, verdict: "holds", reason: null },
      ],
      messages: 22,
      encryptedMessages: 0,
      tcp: { client: NOTHING_COUNTED, server: NOTHING_COUNTED },
      copyOf: null,
      outcome: "validated",
      decidedBy: null,
      reason: null,
    });
  });

  test("what was not in the capture is null", async () => {
    const { analysis } = await analyseBytes(conversation().send("client", smb1Message(0x73, false)).pcap());
    expect(analysis.connections.get(0)).toMatchObject({
      dialect: null,
      negotiate: null,
      sessions: [],
      share: null,
      validateNegotiate: [],
      messages: 0,
      ended: { by: null, how: null, frame: null },
    });
  });

  test("guest, anonymous, unsigned, encrypted, refused sessions", async () => {
    const of = conversation({ signed: false })
      .negotiate()
      .sessionSetup({ user: "guest", flags: 1 })
      .sessionSetup({ user: "", domain: "", flags: 2 })
      .sessionSetup({ user: "sealed", flags: 4 })
      .encrypted("client")
      .encrypted("server")
      .sessionSetup({ user: "wrong", status: 0xc000006d });
    const { analysis } = await analyseBytes(of.pcap());
    expect(
      analysis.connections
        .get(0)
        .sessions.map(({ user, guest, anonymous, encrypted, status }) => ({ user, guest, anonymous, encrypted, status })),
    ).toEqual([
      { user: "guest", guest: true, anonymous: false, encrypted: false, status: 0 },
      { user: "", guest: false, anonymous: true, encrypted: false, status: 0 },
      { user: "sealed", guest: false, anonymous: false, encrypted: true, status: 0 },
      { user: "wrong", guest: false, anonymous: false, encrypted: false, status: 0xc000006d },
    ]);
  });

  test("a failing one: its verdict and the rule that decided", async () => {
    const { analysis } = await analyseBytes(failing(50_000).pcap());
    expect(analysis.connections.get(0)).toMatchObject({
      outcome: "failed",
      decidedBy: "vni-server-capabilities-differ",
      validateNegotiate: [{ verdict: "fails" }],
    });
    expect(analysis.findings).toMatchObject([{ rule: "vni-server-capabilities-differ", connection: 1, frames: [13] }]);
  });

  test("connections end in another order than they began", async () => {
    const first = failing(50_000).frames();
    const second = healthy(50_001).frames();
    const { analysis } = await analyseBytes(pcapFile([...first.slice(0, 6), ...second, ...first.slice(6)]));
    expect([0, 1].map((index) => analysis.connections.get(index).client.port)).toEqual([50_000, 50_001]);
    expect(analysis.findings.map(({ connection }) => connection)).toEqual([1]);
  });
});

describe("the capture", () => {
  test("format, frames, times, totals", async () => {
    const of = healthy(50_000).encrypted("client").send("client", smb1Message(0x73, false));
    const { capture } = (await analyseBytes(of.pcapng({ resolution: 9, name: "eth0" }))).analysis;
    expect(capture).toMatchObject({
      format: "pcapng",
      frames: 32,
      baseSeconds: BASE_SECONDS - 5,
      firstTime: 5e9,
      lastTime: 5e9 + 27e6,
      encryptedMessages: 1,
      compressedMessages: 0,
      smb1Messages: 1,
      complete: true,
      issues: [],
    });
    expect(capture.bytesRead).toBe(capture.size);
    expect(capture.interfaces).toMatchObject([{ linkType: 1, timestampResolution: 1e-9, name: "eth0" }]);
  });

  test("frames that go back in time", async () => {
    const frames = healthy(50_000)
      .frames()
      .map((frame, index) => ({ ...frame, time: index === 0 ? 5000 : frame.time }));
    const { capture } = (await analyseBytes(pcapFile(frames))).analysis;
    expect(capture).toMatchObject({ baseSeconds: BASE_SECONDS, lastTime: 5e9, firstTime: 1e6 });
  });

  test("a file without frames", async () => {
    const { analysis } = await analyseBytes(pcapFile([]));
    expect(analysis.capture).toMatchObject({ format: "pcap", frames: 0, baseSeconds: 0, issues: [], complete: true });
    expect(analysis.connections.count).toBe(0);
  });

  test("a file that is no capture", async () => {
    const { analysis } = await analyseBytes(new TextEncoder().encode("<!DOCTYPE html>"));
    expect(analysis.capture).toMatchObject({ format: null, frames: 0, issues: [{ kind: "not-a-capture" }] });
  });

  test("a damaged file gives what is before the damage", async () => {
    const whole = failing(50_000).pcap();
    const { analysis } = await analyseBytes(whole.slice(0, -10));
    expect(analysis.capture.issues).toMatchObject([{ kind: "file-cut" }]);
    expect(analysis.findings).toMatchObject([{ rule: "vni-server-capabilities-differ" }]);
  });

  test("nothing in the analysis points into the read buffer", async () => {
    const bytes = failing(50_000).pcap();
    const source = memorySource(bytes);
    const analysis = await analyse(source);
    const before = JSON.stringify([analysis.findings, analysis.connections.get(0)]);
    bytes.fill(0xff);
    expect(JSON.stringify([analysis.findings, analysis.connections.get(0)])).toBe(before);
  });
});

describe("while reading", () => {
  test("progress rises, and every finding is told once with its connection", async () => {
    const bytes = large();
    expect(bytes.length).toBeGreaterThan(1_000_000 * 1.05);
    const told: AnalyseProgress[] = [];
    const ports: number[] = [];
    const onProgress = (progress: AnalyseProgress) => {
      told.push(progress);
      for (const { connection } of progress.findings) ports.push(progress.connectionOf?.(connection).client.port ?? 0);
    };
    const analysis = await analyse(memorySource(bytes), { onProgress });
    expect(told.length).toBeGreaterThan(1);
    const read = told.map(({ bytesRead }) => bytesRead);
    expect(read).toEqual(read.toSorted((one, other) => one - other));
    expect(told.every(({ size }) => size === bytes.length)).toBe(true);
    expect(told.at(-1)?.frames).toBe(analysis.capture.frames);
    expect(ports).toEqual(Array.from({ length: ports.length }, (_, index) => 20_000 + 2 * index));
    expect(ports.length).toBeGreaterThan(10);
  });

  test("the first connections are told of while they go on, and whole once they are over", async () => {
    const told: (readonly BegunConnection[])[] = [];
    const onProgress = ({ begun }: AnalyseProgress) => void told.push(begun?.() ?? []);
    const whole = memorySource(large());
    const trickling: ByteSource = { size: whole.size, read: (offset, target) => whole.read(offset, target.subarray(0, 4096)) };
    await analyse(trickling, { onProgress });
    const last = told.at(-1) ?? [];
    expect(last.map(({ id }) => id)).toEqual(Array.from({ length: 16 }, (_, index) => index + 1));
    expect(last[0]?.connection).toMatchObject({ id: 1, client: last[0]?.client, outcome: "failed" });
    const isOpen = told.some((begun) => begun.some(({ id, connection }) => id === 2 && connection === null));
    expect(isOpen).toBe(true);
  });

  test("a pause lets others run between chunks", async () => {
    let pauses = 0;
    const pause = async () => {
      pauses++;
      await new Promise((resolve) => setTimeout(resolve));
    };
    await analyse(memorySource(large()), { pause });
    expect(pauses).toBeGreaterThan(1);
  });

  test("cancelled: what was read is judged, and the capture says that it is not whole", async () => {
    const signal = { aborted: false };
    const onProgress = () => {
      signal.aborted = true;
    };
    const analysis = await analyse(memorySource(large()), { onProgress }, signal);
    expect(analysis.capture).toMatchObject({ complete: false, issues: [{ kind: "cancelled" }] });
    expect(analysis.connections.count).toBeGreaterThan(0);
    expect(analysis.connections.count).toBeLessThanOrEqual(150);
    expect(analysis.findings.length).toBeGreaterThan(0);
  });

  test("cancelled before it began", async () => {
    const analysis = await analyse(memorySource(large()), {}, { aborted: true });
    expect(analysis.capture).toMatchObject({ complete: false, issues: [{ kind: "cancelled" }] });
  });

  test("a source that fails", async () => {
    const analysis = await analyse({ size: 100, read: () => Promise.reject(new Error("gone")) });
    expect(analysis.capture).toMatchObject({
      format: null,
      frames: 0,
      complete: false,
      issues: [{ kind: "read-failed", data: { reason: "gone" } }],
    });
  });
});

describe("incidents", () => {
  const same = (count: number) => pcapFile(Array.from({ length: count }, (_, index) => failing(20_000 + index).frames()).flat());

  test("equal findings of the same ends are one incident; only the first of them are kept whole", async () => {
    const { analysis } = await analyseBytes(same(50));
    expect(analysis.incidents).toMatchObject([{ rule: "vni-server-capabilities-differ", count: 50 }]);
    expect(analysis.incidents[0]?.connections).toHaveLength(50);
    expect(analysis.findings).toHaveLength(32);
  });

  test("all of them where a caller wants them", async () => {
    const { analysis } = await analyseBytes(same(50), { findingsPerIncident: Number.POSITIVE_INFINITY });
    expect(analysis.findings).toHaveLength(50);
    expect(analysis.incidents[0]?.findings).toHaveLength(50);
  });
});

describe("ports", () => {
  test("others than 445 and 139 where a segment begins with a message, else on request", async () => {
    const of = conversation({ server: { ...SERVER, port: 4450 } })
      .negotiate()
      .sessionSetup();
    const count = async (bytes: Uint8Array, ports: readonly number[]) => (await analyseBytes(bytes, { ports })).analysis.connections.count;
    const whole = of.pcap();
    // No segment is long enough to show what the connection carries: only the port tells.
    const shifted = pcapFile(of.framesOf(of.segments({ segmentSize: 2 })));
    expect([await count(whole, []), await count(whole, [4450])]).toEqual([1, 1]);
    expect([await count(shifted, []), await count(shifted, [4450])]).toEqual([0, 1]);
  });

  test("numbers that are no ports are passed over", async () => {
    const { analysis } = await analyseBytes(failing(50_000).pcap(), { ports: [0, -1, 70_000, Number.NaN] });
    expect(analysis.connections.count).toBe(1);
  });
});

test("an empty section behind the frames changes nothing", async () => {
  const { analysis } = await analyseBytes(pcapngFile({ frames: failing(50_000).frames() }, { frames: [] }));
  expect(analysis.findings).toHaveLength(1);
});
