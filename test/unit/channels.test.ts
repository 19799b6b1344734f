import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { channelsOf } from "../../src/core/index.ts";
import { ConnectionTable } from "../../src/core/model/connectionTable.ts";
import { FlowTable } from "../../src/core/net/flowTable.ts";
import { analyseBytes } from "../support/analyseBytes.ts";
import { pcapFile } from "../support/captureBuilder.ts";
import {
  CLIENT,
  CLIENT_GUID,
  type Conversation,
  conversation,
  OTHER_GUID,
  SERVER_GUID,
  type SessionSetupStep,
} from "../support/conversation.ts";
import { Status } from "../support/encodeMessage.ts";

const SESSION_ID = "0x0000000031a8e154";

/** Every conversation signs in to the same SessionId, as sessions of different servers may. */
const signedIn = (port: number, step: SessionSetupStep = {}, guid = CLIENT_GUID) =>
  conversation({ client: { ...CLIENT, port }, clientValues: { guid } })
    .negotiate()
    .sessionSetup(step)
    .treeConnect();

async function channels(...all: readonly Conversation[]) {
  const { analysis } = await analyseBytes(pcapFile(all.flatMap((of) => of.frames())));
  return channelsOf(analysis.connections);
}

describe("channels of a session", () => {
  test("are the connection that it began on and those that it was bound to", async () => {
    const found = await channels(signedIn(50_000), signedIn(50_001, { binding: true }), signedIn(50_002, { binding: true }));
    expect(found).toEqual([
      {
        sessionId: SESSION_ID,
        clientGuid: CLIENT_GUID,
        serverGuid: SERVER_GUID,
        channels: [
          { connection: 1, bound: false },
          { connection: 2, bound: true },
          { connection: 3, bound: true },
        ],
      },
    ]);
  });

  test("may lack the one that it began on", async () => {
    expect((await channels(signedIn(50_001, { binding: true }))).map((group) => group.channels)).toEqual([
      [{ connection: 1, bound: true }],
    ]);
  });

  test("are of one client", async () => {
    const found = await channels(signedIn(50_000, {}, OTHER_GUID), signedIn(50_001, { binding: true }));
    expect(found.map((group) => group.channels.map(({ connection }) => connection))).toEqual([[2]]);
  });

  test("are none where nothing was bound, or the binding was refused, or is not seen to succeed", async () => {
    expect(await channels(signedIn(50_000), signedIn(50_001))).toEqual([]);
    expect(await channels(signedIn(50_000), signedIn(50_001, { binding: true, status: Status.ACCESS_DENIED }))).toEqual([]);
    expect(await channels(signedIn(50_000), signedIn(50_001, { binding: true, final: null }))).toEqual([]);
  });

  test("are none where the capture does not say who the ends are", async () => {
    const late = conversation({ client: { ...CLIENT, port: 50_001 } }).sessionSetup({ binding: true });
    expect(await channels(signedIn(50_000), late)).toEqual([]);
  });
});

test("a capture without bound sessions costs no object", () => {
  const table = new ConnectionTable(new FlowTable());
  table.count = 300_000;
  table.get = () => {
    throw new Error("built a connection");
  };
  expect(channelsOf(table)).toEqual([]);
});

/** Of Zeek's test captures, read in place where it is there. */
const MULTICHANNEL = path.resolve(import.meta.dirname, "../../../shared/captures/public/zeek__smb_v2_only_non_zero_reserved1.pcap");

test("a Windows client's session on four connections", async () => {
  const capture = existsSync(MULTICHANNEL)
    ? new Uint8Array(readFileSync(MULTICHANNEL))
    : pcapFile([{}, ...Array(3).fill({ binding: true })].flatMap((step, index) => signedIn(50_000 + index, step).frames()));
  const { analysis } = await analyseBytes(capture);
  const [group, ...others] = channelsOf(analysis.connections);
  expect(others).toEqual([]);
  expect(group?.channels.map(({ bound }) => bound)).toEqual([false, true, true, true]);
});
