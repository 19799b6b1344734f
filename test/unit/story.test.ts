import { describe, expect, test } from "vitest";
import { capturePlatform, furtherSentence, storySentences } from "../../src/core/report/storyText.ts";
import { toJson } from "../../src/core/report/toJson.ts";
import { toText } from "../../src/core/report/toText.ts";
import { RULES } from "../../src/core/rules/list.ts";
import { type Story, storyOf } from "../../src/core/rules/story.ts";
import { analyseBytes } from "../support/analyseBytes.ts";
import { captureOf, cutCapture } from "../support/capturesOnDisk.ts";

async function storyOfFirst(capture: Uint8Array): Promise<Story | null> {
  const { analysis } = await analyseBytes(capture);
  const connection = analysis.connections.get(0);
  return storyOf(
    connection,
    analysis.findings.find(({ rule, connection: id }) => id === 1 && rule === connection.decidedBy),
  );
}

const present = (story: Story | null): Story => {
  if (story === null) throw new Error("no story");
  return story;
};

describe("the story of a connection", () => {
  test("goes from the changed value over the protected one to the end", async () => {
    const story = present(await storyOfFirst(captureOf("tn_302_resp_caps_clear_dfs.client")));
    expect(story).toMatchObject({ rule: "vni-server-capabilities-differ", certainty: "proved", reason: null });
    expect(storySentences(story, "en")).toEqual([
      "The NEGOTIATE response [6] says that SMB2_GLOBAL_CAP_DFS is off (Capabilities 0x0000004e).",
      "The protected VALIDATE_NEGOTIATE_INFO response [15] says that SMB2_GLOBAL_CAP_DFS is on (Capabilities 0x0000004f).",
      "The client ends the connection with FIN [16].",
    ]);
    expect(storySentences(story, "ja")).toEqual([
      "NEGOTIATE 応答 [6] では SMB2_GLOBAL_CAP_DFS がオフです (Capabilities 0x0000004e)。",
      "保護された VALIDATE_NEGOTIATE_INFO 応答 [15] では SMB2_GLOBAL_CAP_DFS がオンです (Capabilities 0x0000004f)。",
      "クライアントが FIN で接続を終了します [16]。",
    ]);
  });

  test("names both values where the field has no flags", async () => {
    const story = present(await storyOfFirst(captureOf("tn_302_resp_guid.client")));
    const [said, repeated] = storySentences(story, "en");
    expect(said).toMatch(/^The NEGOTIATE response \[6\] says ServerGuid [0-9a-f-]{36}\.$/);
    expect(repeated).toMatch(/^The protected VALIDATE_NEGOTIATE_INFO response \[15\] says Guid [0-9a-f-]{36}\.$/);
  });

  test("asks for the other side: what a changed response was is at the server, a changed request at the client", async () => {
    const response = present(await storyOfFirst(captureOf("tn_302_resp_guid.client")));
    const request = present(await storyOfFirst(captureOf("tn_302_req_guid.server")));
    const aborted = present(await storyOfFirst(captureOf("tn_302_req_caps_clear_largemtu.client")));
    expect([response, request, aborted].map(({ further }) => further?.place)).toEqual(["server", "client", "server"]);
    expect(response.further?.filter).toBe("tcp port 445 and host 192.0.2.10");
    expect(request.further?.filter).toBe("tcp port 445 and host 198.51.100.20");
    expect(furtherSentence(response, "en")).toContain("at the server");
    expect(furtherSentence(request, "ja")).toContain("クライアントのそば");
  });

  test("has commands for Windows, Linux and, at the server, for a filer", async () => {
    const { further } = present(await storyOfFirst(captureOf("tn_302_resp_guid.client")));
    expect(further?.commands.map((command) => [capturePlatform(command, "en"), command.lines[0]])).toEqual([
      ["Windows", "pktmon filter add -t TCP -i 192.0.2.10 -p 445"],
      ["Linux, or a NAS over SSH", "tcpdump -i any -s 0 -w smb.pcap 'tcp port 445 and host 192.0.2.10'"],
      ["NetApp ONTAP", "network tcpdump start -node <node> -port <port> -address 192.0.2.10 -protocol-port 445"],
    ]);
    const request = present(await storyOfFirst(captureOf("tn_302_req_guid.server")));
    expect(request.further?.commands.map(({ platform }) => platform)).toEqual(["windows", "linux"]);
  });

  test("is undetermined with its reason where the capture cannot tell", async () => {
    const story = present(await storyOfFirst(await cutCapture(captureOf("ok_302_default.client"), { to: 14 })));
    expect(story).toMatchObject({ rule: null, certainty: "undetermined", reason: "capture-ends", steps: [] });
    expect(furtherSentence(story, "en")).toContain("begun before the share is opened");
  });

  test("asks for no capture where another one would be no clearer", async () => {
    expect(present(await storyOfFirst(captureOf("ok_302_enc_server_samba413.client")))).toMatchObject({ further: null });
  });

  test("there is none of a healthy connection", async () => {
    expect(await storyOfFirst(captureOf("ok_win_302_signreq.client"))).toBeNull();
  });

  test("every rule that asks for captures of both sides says where they would prove something", () => {
    // What these two see is proved; a further capture only helps to find the device, or the other channel.
    const proved = ["path-wan-accelerator", "session-bind-refused"];
    const asking = RULES.filter(({ id, remedies }) => remedies.includes("capture-both-sides") && !proved.includes(id));
    expect(asking.filter(({ proofAt }) => proofAt === undefined).map(({ id }) => id)).toEqual([]);
    expect(asking.length).toBeGreaterThan(25);
  });
});

describe("where it is told", () => {
  test("JSON: of each connection, null of a healthy one", async () => {
    const { analysis } = await analyseBytes(captureOf("tn_302_resp_guid.client"), { findingsPerIncident: Number.POSITIVE_INFINITY });
    const report = JSON.parse(toJson(analysis, { name: "a", language: "en" }));
    const [connection] = report.captures[0].connections;
    expect(connection.story).toMatchObject({ rule: "vni-server-guid-differs", certainty: "proved", frames: [6, 15, 19, 20] });
    expect(connection.story.sentences).toHaveLength(4);
    const healthy = await analyseBytes(captureOf("ok_win_302_signreq.client"));
    expect(JSON.parse(toJson(healthy.analysis, { name: "a", language: "en" })).captures[0].connections[0].story).toBeNull();
  });

  test("text: of the failed connections, with commands once", async () => {
    const { analysis } = await analyseBytes(captureOf("tn_302_resp_guid.client"));
    const text = toText(analysis, { name: "a", language: "ja" });
    expect(text).toContain("\n経過\n  接続 1   確定\n    NEGOTIATE 応答 [6] の ServerGuid は ");
    expect(text.match(/pktmon start/g)).toHaveLength(1);
  });
});
