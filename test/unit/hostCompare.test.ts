import { describe, expect, it } from "vitest";
import { captureBytes, openSession } from "../support/openSession.ts";

describe("the comparison that a session makes", () => {
  const other = () => ({ path: null, bytes: captureBytes("tn_302_resp_caps_clear_dfs.server"), name: "server.pcap" });

  it("has the text in the session's language, and which connection each frame belongs to", async () => {
    const { session } = await openSession(captureBytes("tn_302_resp_caps_clear_dfs.client"), "ja", "client.pcap");
    const { text, framesA, framesB } = await session.answer("compare", other());
    expect(text).toContain("A  クライアント側  client.pcap");
    expect(text).toContain("NEGOTIATE 応答 [A 6] [B 6]");
    expect([framesA, framesB]).toEqual([[[6, 1]], [[6, 1]]]);
  });

  it("leaves the capture of the session as it is", async () => {
    const { session } = await openSession(captureBytes("tn_302_resp_caps_clear_dfs.client"));
    await session.answer("compare", other());
    expect((await session.answer("overview", { connection: 1 })).id).toBe(1);
    await session.close();
  });

  it("says what is wrong with the other file", async () => {
    const { session } = await openSession(captureBytes("tn_302_resp_caps_clear_dfs.client"));
    const bytes = new TextEncoder().encode("this is no capture");
    await expect(session.answer("compare", { path: null, bytes, name: "notes.txt" })).rejects.toThrow(/\w+ \w+/);
    await expect(session.answer("compare", { path: "/missing", bytes: null, name: "missing" })).rejects.toThrow("no files");
  });
});
