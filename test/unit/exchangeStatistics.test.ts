import { describe, expect, test } from "vitest";
import { checkMessageIds, exchangeStatistics, toExchanges } from "../../src/core/index.ts";
import { onlyConnection } from "../support/analyseBytes.ts";
import { type Conversation, conversation } from "../support/conversation.ts";
import * as smb from "../support/encodeMessage.ts";
import { Command, Status } from "../support/encodeMessage.ts";

const SESSION = 0x31a8e154n;
const SESSION_ID = "0x0000000031a8e154";
const signedIn = () => conversation().negotiate().sessionSetup().treeConnect();
const MILLISECOND = 1e6;

async function statisticsOf(of: Conversation) {
  const detail = await onlyConnection(of.pcap());
  return exchangeStatistics(toExchanges(detail), detail);
}

async function checked(of: Conversation) {
  const detail = await onlyConnection(of.pcap());
  return checkMessageIds(toExchanges(detail), detail);
}

describe("statistics", () => {
  test("response times, errors and requests without an answer by command", async () => {
    const read = smb.readRequest(10);
    const of = signedIn()
      .request(Command.READ, read, smb.readResponse(new Uint8Array(10)))
      .request(Command.READ, read, null)
      .wait(4)
      .answerLast(Command.READ, smb.readResponse(new Uint8Array(20)))
      .refused(Command.READ, read, Status.FILE_CLOSED)
      .request(Command.READ, read, null)
      .request(Command.CANCEL, smb.emptyBody(), null);
    const { commands } = await statisticsOf(of);
    expect(commands.find(({ command }) => command === Command.READ)).toEqual({
      command: Command.READ,
      exchanges: 4,
      errors: 1,
      unanswered: 1,
      median: MILLISECOND,
      longest: 5 * MILLISECOND,
      total: 7 * MILLISECOND,
    });
    expect(commands.find(({ command }) => command === Command.CANCEL)).toMatchObject({ unanswered: 0, median: null, longest: null });
    // The first round of a sign-in is answered with MORE_PROCESSING_REQUIRED, which is no error.
    expect(commands.find(({ command }) => command === Command.SESSION_SETUP)).toMatchObject({ exchanges: 2, errors: 0 });
    expect(commands[0]?.command).toBe(Command.READ);
  });

  test("the median of an even number lies between the two in the middle", async () => {
    const of = signedIn()
      .request(Command.ECHO, smb.emptyBody(), smb.emptyBody())
      .request(Command.ECHO, smb.emptyBody(), null)
      .wait(2)
      .answerLast(Command.ECHO, smb.emptyBody());
    expect((await statisticsOf(of)).commands.find(({ command }) => command === Command.ECHO)).toMatchObject({ median: 2 * MILLISECOND });
  });

  test("bytes by session and tree; a WRITE that was refused writes none", async () => {
    const of = signedIn()
      .file(3000)
      .refused(Command.WRITE, smb.writeRequest(new Uint8Array(500)), Status.ACCESS_DENIED)
      .treeConnect({ path: "\\\\server\\other" })
      .file(100);
    const { sessions, trees } = await statisticsOf(of);
    expect(sessions).toEqual([
      { key: SESSION_ID, sessionId: SESSION_ID, treeId: null, share: null, exchanges: 13, errors: 1, read: 3100, written: 3100 },
    ]);
    expect(trees.map(({ key, share, read, written, errors }) => [key, share, read, written, errors])).toEqual([
      [`${SESSION_ID} 0x00000007`, "\\\\198.51.100.20\\share", 3000, 3000, 1],
      [`${SESSION_ID} 0x00000008`, "\\\\server\\other", 100, 100, 0],
    ]);
  });

  test("a length that lies counts no more than the message holds", async () => {
    const liar = smb.readResponse(new Uint8Array(10));
    liar.fill(0xff, 4, 8);
    const { sessions } = await statisticsOf(signedIn().request(Command.READ, smb.readRequest(10), liar));
    expect(sessions[0]?.read).toBe(10);
  });

  test("encrypted messages and SMB1 are in none of it", async () => {
    const { commands, trees } = await statisticsOf(conversation().smb1Negotiate(["NT LM 0.12"], { index: 0 }).encrypted("client"));
    expect([commands, trees]).toEqual([[], []]);
  });
});

describe("MessageIds", () => {
  const echo = (messageId: number, over: Partial<smb.HeaderFields> = {}) =>
    smb.message({ command: Command.ECHO, messageId, sessionId: SESSION, ...over }, smb.emptyBody());

  test("of a healthy connection, with multi-protocol negotiation, interim answers and CANCEL", async () => {
    const of = conversation().smb1Negotiate(["SMB 2.???"], { dialect: 0x02ff }).negotiate().sessionSetup().treeConnect();
    of.validate({ pending: true }).file(10).logoff();
    expect(await checked(of)).toEqual({ unknown: null, troubles: [] });
    const cancelled = signedIn()
      .send("client", echo(4))
      .send("client", smb.message({ command: Command.CANCEL, messageId: 4 }, smb.emptyBody()));
    expect(await checked(cancelled)).toEqual({ unknown: null, troubles: [] });
  });

  test("that were used twice, also as part of a larger charge", async () => {
    expect((await checked(signedIn().send("client", echo(4)).send("client", echo(4)))).troubles).toContainEqual({
      kind: "used-twice",
      exchange: 5,
      first: 4,
    });
    const credits = signedIn().request(Command.ECHO, smb.emptyBody(), smb.emptyBody(), { credits: 20 });
    const charged = credits.send("client", echo(5, { creditCharge: 4 })).send("client", echo(8));
    expect((await checked(charged)).troubles).toEqual([{ kind: "used-twice", exchange: 6, first: 5 }]);
  });

  test("that were not granted", async () => {
    expect(await checked(signedIn().send("client", echo(4)).send("client", echo(5)))).toEqual({
      unknown: null,
      troubles: [{ kind: "outside-window", exchange: 5, granted: "5" }],
    });
    expect((await checked(signedIn().send("client", echo(4, { creditCharge: 2 })))).troubles).toMatchObject([{ kind: "outside-window" }]);
  });

  test("have no charge in 2.0.2", async () => {
    const of = conversation({ serverValues: { dialect: 0x0202 } })
      .negotiate()
      .sessionSetup()
      .treeConnect();
    expect((await checked(of.send("client", echo(4, { creditCharge: 2 })))).troubles).toEqual([]);
  });

  test("cannot be followed where grants are not in the capture; used twice is used twice", async () => {
    const late = conversation().sessionSetup().treeConnect().send("client", echo(40)).send("client", echo(40));
    expect(await checked(late)).toEqual({ unknown: "starts-late", troubles: [{ kind: "used-twice", exchange: 4, first: 3 }] });
    expect((await checked(signedIn().encrypted("server").send("client", echo(40)))).unknown).toBe("hidden-messages");
    const before = signedIn()
      .send("server", echo(4, { response: true }))
      .send("client", echo(4))
      .send("client", echo(60));
    expect(await checked(before)).toEqual({ unknown: "out-of-order", troubles: [] });
    const detail = await onlyConnection(signedIn().send("client", echo(60)).pcap());
    const lost = { ...detail, facts: { ...detail.facts, lostFromServer: 10 } };
    expect(checkMessageIds(toExchanges(lost), lost)).toEqual({ unknown: "bytes-missing", troubles: [] });
    const omitted = { ...detail, omittedMessages: 1 };
    expect(checkMessageIds(toExchanges(omitted), omitted).unknown).toBe("bytes-missing");
  });

  test("that ran out, where an answer granted none for a second and more", async () => {
    const dry = signedIn().request(Command.ECHO, smb.emptyBody(), null).wait(5);
    const answered = (milliseconds: number) =>
      dry
        .send("server", echo(4, { response: true, credits: 0 }))
        .wait(milliseconds)
        .clientCloses("FIN");
    expect((await checked(answered(1500))).troubles).toEqual([{ kind: "no-credits", exchange: 4, nanoseconds: 1501 * MILLISECOND }]);
    const short = signedIn().request(Command.ECHO, smb.emptyBody(), smb.emptyBody(), { credits: 0 }).wait(500).clientCloses("FIN");
    expect((await checked(short)).troubles).toEqual([]);
  });
});
