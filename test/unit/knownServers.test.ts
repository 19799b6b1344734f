import { describe, expect, it } from "vitest";
import type { EarlierNegotiation } from "../../src/core/model/connectionFacts.ts";
import { KnownServers } from "../../src/core/model/knownServers.ts";
import { analyseBytes } from "../support/analyseBytes.ts";
import { pcapFile } from "../support/captureBuilder.ts";
import { negotiateRequest, negotiateResponse, OTHER_GUID } from "../support/connectionFacts.ts";
import { CLIENT, conversation, OTHER_GUID as OTHER_GUID_TEXT } from "../support/conversation.ts";

const SERVER = { address: "198.51.100.20", port: 445 };
let connections = 0;
const connection = (port = 50_000 + ++connections, address = CLIENT.address) => ({
  id: ++connections,
  client: { address, port },
  server: SERVER,
});
const guid = (number: number) => ({ a: number, b: 2, c: 3, d: 4 });

function compareAll(
  servers: KnownServers,
  ...all: readonly [of: ReturnType<typeof connection>, guidOfServer: { a: number; b: number; c: number; d: number }][]
) {
  return all.map(([of, guidOfServer]) => servers.compareClient(of, negotiateRequest(), negotiateResponse({ guid: guidOfServer })));
}

describe("what is known of a server", () => {
  it("is what the client got first, until it accepts something else", () => {
    const servers = new KnownServers();
    const [one, two, three] = [connection(), connection(), connection()];
    const [first, second, third] = compareAll(servers, [one, guid(1)], [two, guid(2)], [three, guid(2)]);
    expect([first, second?.connection, third?.connection]).toEqual([null, one.id, one.id]);
    servers.acceptOtherValues(three, negotiateRequest(), negotiateResponse({ guid: guid(2) }));
    expect(compareAll(servers, [connection(), guid(2)])).toEqual([null]);
    expect(compareAll(servers, [connection(), guid(1)])[0]).toMatchObject({ connection: three.id } satisfies Partial<EarlierNegotiation>);
  });

  it("is not compared over another client with the same ClientGuid, nor over the same 4-tuple on another interface", () => {
    const servers = new KnownServers();
    const one = connection();
    compareAll(servers, [one, guid(1)]);
    expect(compareAll(servers, [connection(undefined, "192.0.2.99"), guid(2)], [connection(one.client.port), guid(2)])).toEqual([
      null,
      null,
    ]);
  });

  it("does not know a client without a ClientGuid", () => {
    const servers = new KnownServers();
    const request = negotiateRequest({ guid: { a: 0, b: 0, c: 0, d: 0 } });
    for (const server of [guid(1), guid(2)])
      expect(servers.compareClient(connection(), request, negotiateResponse({ guid: server }))).toBeNull();
  });

  it("holds the highest dialect of each ServerGuid", () => {
    const servers = new KnownServers();
    const request = negotiateRequest({ dialects: [0x0302, 0x0311] });
    const choose = (dialect: number, server = guid(1)) =>
      servers.compareDialect(connection(), request, negotiateResponse({ dialect, guid: server }))?.response.dialect ?? null;
    expect([choose(0x0302), choose(0x0311), choose(0x0302), choose(0x0302, guid(9)), choose(0x0311)]).toEqual([
      null,
      null,
      0x0311,
      null,
      null,
    ]);
  });

  it("is bounded", () => {
    const servers = new KnownServers();
    for (let client = 1; client <= 20_000; client++) {
      servers.compareClient(connection(client), negotiateRequest({ guid: guid(client) }), negotiateResponse());
      servers.compareDialect(connection(client), negotiateRequest(), negotiateResponse({ guid: guid(client) }));
    }
    const late = negotiateRequest({ guid: guid(19_999) });
    expect(servers.compareClient(connection(1), late, negotiateResponse({ guid: OTHER_GUID }))).toBeNull();
    const early = negotiateRequest({ guid: guid(5) });
    expect(servers.compareClient(connection(1), early, negotiateResponse({ guid: OTHER_GUID }))).not.toBeNull();
  });
});

describe("a connection that is given up", () => {
  /** The first connection goes on while the client tries a second one. */
  const overlapping = () => {
    const first = conversation().negotiate().sessionSetup().treeConnect().validate().wait(5000).file().clientCloses("FIN").frames();
    const client = { ...CLIENT, port: CLIENT.port + 1 };
    const second = conversation({ client, serverValues: { guid: OTHER_GUID_TEXT } })
      .negotiate()
      .clientCloses("RST")
      .frames();
    const frames = [...first, ...second.map((frame) => ({ ...frame, time: frame.time + 1000 }))];
    return pcapFile(frames.sort((one, other) => one.time - other.time));
  };

  it("is compared with one that is still open, alike in both passes", async () => {
    const { analysis, details } = await analyseBytes(overlapping());
    const found = analysis.findings.filter(({ rule }) => rule === "negotiate-server-changed");
    expect(found).toMatchObject([{ connection: 2, data: { otherConnection: 1, fields: ["ServerGuid"] } }]);
    expect(details.flatMap(({ findings }) => findings).filter(({ rule }) => rule === "negotiate-server-changed")).toEqual(found);
  });
});
