import { describe, expect, test } from "vitest";
import { type Exchange, toExchanges } from "../../src/core/index.ts";
import { onlyConnection } from "../support/analyseBytes.ts";
import { type Conversation, conversation } from "../support/conversation.ts";
import { concat, fill, guidBytes, le16, le32, octets, utf16, zeros } from "../support/encode.ts";
import * as smb from "../support/encodeMessage.ts";
import { Command, Status } from "../support/encodeMessage.ts";

const SESSION = 0x31a8e154n;
const SESSION_ID = "0x0000000031a8e154";
const SHARE = "\\\\198.51.100.20\\share";
const FILE_A = fill(16, 0xaa);
const FILE_B = fill(16, 0xbb);
const SAME_FILE = fill(16, 0xff);
const RELATED = { sessionId: 0xffff_ffff_ffff_ffffn, treeId: 0xffff_ffff, related: true };
const FREE = 1000;

const signedIn = () => conversation().negotiate().sessionSetup().treeConnect();
const at = (command: number, messageId: number, over: Partial<smb.HeaderFields> = {}): smb.HeaderFields => ({
  command,
  messageId,
  sessionId: SESSION,
  treeId: 7,
  ...over,
});
const answerTo = (command: number, messageId: number, over: Partial<smb.HeaderFields> = {}) =>
  at(command, messageId, { response: true, ...over });
const lease = (key: string) => smb.createContext("RqLs", concat(guidBytes(key), zeros(16)));
const KEY = "11111111-2222-3333-4444-555555555555";

/** Index of the first message after the sign-in: NEGOTIATE, two SESSION_SETUPs, TREE_CONNECT. */
const FIRST = 8;

async function exchangesOf(of: Conversation): Promise<readonly Exchange[]> {
  return toExchanges(await onlyConnection(of.pcap()));
}

/** Those after the sign-in. */
async function later(of: Conversation): Promise<readonly Exchange[]> {
  return (await exchangesOf(of)).slice(FIRST / 2);
}

describe("pairs", () => {
  test("each request with its answer, with times, session, tree and file", async () => {
    const found = await exchangesOf(signedIn().file(1024));
    expect(found.map(({ command, request, response }) => [command, request, response])).toEqual([
      [Command.NEGOTIATE, 0, 1],
      [Command.SESSION_SETUP, 2, 3],
      [Command.SESSION_SETUP, 4, 5],
      [Command.TREE_CONNECT, 6, 7],
      [Command.CREATE, 8, 9],
      [Command.WRITE, 10, 11],
      [Command.READ, 12, 13],
      [Command.CLOSE, 14, 15],
    ]);
    expect(found.map(({ sessionId }) => sessionId)).toEqual(["0x0000000000000000", ...Array(7).fill(SESSION_ID)]);
    expect(found.map(({ treeId }) => treeId)).toEqual([null, null, null, 7, 7, 7, 7, 7]);
    expect(found.map(({ share }) => share)).toEqual([null, null, null, ...Array(5).fill(SHARE)]);
    expect(found.map(({ name }) => name)).toEqual([null, null, null, null, ...Array(4).fill("report.txt")]);
    expect(found[5]).toEqual({
      request: 10,
      interim: [],
      response: 11,
      cancel: null,
      kind: "SMB2",
      command: Command.WRITE,
      unsolicited: false,
      responseTime: 1e6,
      compoundOf: null,
      related: false,
      creditCharge: 1,
      creditsRequested: 1,
      creditsGranted: 1,
      sessionId: SESSION_ID,
      treeId: 7,
      share: SHARE,
      name: "report.txt",
      notes: [],
    });
  });

  test("an answer that the capture holds before its request; its time says nothing", async () => {
    const [found] = await later(
      signedIn()
        .send("server", smb.message(answerTo(Command.ECHO, FREE), smb.emptyBody()))
        .send("client", smb.message(at(Command.ECHO, FREE), smb.emptyBody())),
    );
    expect(found).toMatchObject({ request: FIRST + 1, response: FIRST, responseTime: null });
  });

  test("answers whose request is missing, and requests without an answer, alone", async () => {
    const found = await later(
      signedIn()
        .send("server", smb.message(answerTo(Command.ECHO, FREE), smb.emptyBody()))
        .send("client", smb.message(at(Command.ECHO, FREE + 1), smb.emptyBody())),
    );
    expect(found.map(({ request, response }) => [request, response])).toEqual([
      [null, FIRST],
      [FIRST + 1, null],
    ]);
  });

  test("a request and an answer that were sent twice in their order, never two requests with one answer", async () => {
    const request = smb.message(at(Command.ECHO, FREE), smb.emptyBody());
    const answer = smb.message(answerTo(Command.ECHO, FREE), smb.emptyBody());
    const twice = await later(signedIn().send("client", request).send("client", request).send("server", answer));
    expect(twice.map(({ request, response }) => [request, response])).toEqual([
      [FIRST, FIRST + 2],
      [FIRST + 1, null],
    ]);
    const answered = await later(signedIn().send("client", request).send("server", answer).send("server", answer));
    expect(answered.map(({ request, response }) => [request, response])).toEqual([
      [FIRST, FIRST + 1],
      [null, FIRST + 2],
    ]);
  });

  test("not an answer of another command, nor one of the same side", async () => {
    const found = await later(
      signedIn()
        .send("client", smb.message(at(Command.ECHO, FREE), smb.emptyBody()))
        .send("server", smb.message(answerTo(Command.CLOSE, FREE), smb.closeResponse()))
        .send("client", smb.message(answerTo(Command.ECHO, FREE), smb.emptyBody())),
    );
    expect(found.map(({ request, response }) => [request, response])).toEqual([
      [FIRST, null],
      [null, FIRST + 1],
      [null, FIRST + 2],
    ]);
  });

  test("interim answers, whichever comes first; credits of all are added", async () => {
    const pending = smb.message(answerTo(Command.READ, FREE, { status: Status.PENDING, asyncId: 6, credits: 3 }), smb.errorBody());
    const final = smb.message(answerTo(Command.READ, FREE, { asyncId: 6, credits: 0 }), smb.readResponse(zeros(10)));
    const request = smb.message(at(Command.READ, FREE, { credits: 5 }), smb.readRequest(10));
    const [found] = await later(signedIn().send("client", request).send("server", pending).send("server", final));
    expect(found).toMatchObject({ request: FIRST, interim: [FIRST + 1], response: FIRST + 2, responseTime: 2e6 });
    expect(found).toMatchObject({ creditsRequested: 5, creditsGranted: 3, treeId: 7 });
    const [swapped, ...others] = await later(signedIn().send("client", request).send("server", final).send("server", pending));
    expect(swapped).toMatchObject({ interim: [FIRST + 2], response: FIRST + 1 });
    expect(others).toEqual([]);
  });

  test("an asynchronous answer with another MessageId by its AsyncId", async () => {
    const [found] = await later(
      signedIn()
        .send("client", smb.message(at(Command.READ, FREE), smb.readRequest(10)))
        .send("server", smb.message(answerTo(Command.READ, FREE, { status: Status.PENDING, asyncId: 6 }), smb.errorBody()))
        .send("server", smb.message(answerTo(Command.READ, 0, { asyncId: 6 }), smb.readResponse(zeros(10)))),
    );
    expect(found).toMatchObject({ request: FIRST, interim: [FIRST + 1], response: FIRST + 2 });
  });

  test("encrypted and compressed messages stand alone", async () => {
    const found = await later(signedIn().encrypted("client").encrypted("server").send("client", smb.compressedMessage(50)));
    expect(found.map(({ kind, command, request, response }) => [kind, command, request, response])).toEqual([
      ["encrypted", -1, FIRST, null],
      ["encrypted", -1, null, FIRST + 1],
      ["compressed", -1, FIRST + 2, null],
    ]);
    expect(found.map(({ sessionId }) => sessionId)).toEqual([SESSION_ID, SESSION_ID, "0x0000000000000000"]);
  });

  test("SMB1 NEGOTIATE with its answer, be it SMB1 or SMB2", async () => {
    const smb1 = await exchangesOf(conversation().smb1Negotiate(["NT LM 0.12"], { index: 0 }));
    expect(smb1).toMatchObject([{ kind: "SMB1", command: 0x72, request: 0, response: 1 }]);
    const both = await exchangesOf(conversation().smb1Negotiate(["NT LM 0.12", "SMB 2.???"], { dialect: 0x02ff }).negotiate());
    expect(both).toMatchObject([
      { kind: "SMB1", command: 0x72, request: 0, response: 1, responseTime: 1e6 },
      { kind: "SMB2", command: 0, request: 2, response: 3 },
    ]);
  });
});

describe("CANCEL", () => {
  const read = smb.message(at(Command.READ, FREE), smb.readRequest(10));
  const pending = smb.message(answerTo(Command.READ, FREE, { status: Status.PENDING, asyncId: 6 }), smb.errorBody());
  const cancel = (header: Partial<smb.HeaderFields>) => smb.message(at(Command.CANCEL, 0, header), smb.emptyBody());

  test("by AsyncId, where the MessageId is 0", async () => {
    const found = await later(
      signedIn()
        .send("client", read)
        .send("server", pending)
        .send("client", cancel({ asyncId: 6 })),
    );
    expect(found).toMatchObject([{ command: Command.READ, request: FIRST, interim: [FIRST + 1], cancel: FIRST + 2, response: null }]);
  });

  test("by MessageId", async () => {
    const found = await later(
      signedIn()
        .send("client", read)
        .send("client", cancel({ messageId: FREE })),
    );
    expect(found).toMatchObject([{ command: Command.READ, cancel: FIRST + 1 }]);
  });

  test("of an unknown request, or once more, is an exchange of its own", async () => {
    const found = await later(
      signedIn()
        .send("client", cancel({ asyncId: 6 }))
        .send("client", cancel({ messageId: FREE + 1 })),
    );
    expect(found.map(({ command, request }) => [command, request])).toEqual([
      [Command.CANCEL, FIRST],
      [Command.CANCEL, FIRST + 1],
    ]);
    const twice = cancel({ messageId: FREE });
    const again = await later(signedIn().send("client", read).send("client", twice).send("client", twice));
    expect(again.map(({ request, cancel }) => [request, cancel])).toEqual([
      [FIRST, FIRST + 1],
      [FIRST + 2, null],
    ]);
  });
});

describe("compounds", () => {
  test("of related requests inherit session, tree and file", async () => {
    const requests = smb.compound(
      smb.message(at(Command.CREATE, FREE), smb.createRequest("a.txt")),
      smb.message(at(Command.READ, FREE + 1, RELATED), smb.readRequest(10, SAME_FILE)),
      smb.message(at(Command.CLOSE, FREE + 2, RELATED), smb.closeRequest(SAME_FILE)),
    );
    const answers = smb.compound(
      smb.message(answerTo(Command.CREATE, FREE), smb.createResponse(FILE_A)),
      smb.message(answerTo(Command.READ, FREE + 1, { related: true }), smb.readResponse(zeros(10))),
      smb.message(answerTo(Command.CLOSE, FREE + 2, { related: true }), smb.closeResponse()),
    );
    const after = smb.message(at(Command.READ, FREE + 3), smb.readRequest(10, FILE_A));
    const found = await later(signedIn().bytes("client", requests).bytes("server", answers).send("client", after));
    const first = FIRST / 2;
    expect(found.map(({ compoundOf, related, sessionId, treeId, name }) => [compoundOf, related, sessionId, treeId, name])).toEqual([
      [first, false, SESSION_ID, 7, "a.txt"],
      [first, true, SESSION_ID, 7, "a.txt"],
      [first, true, SESSION_ID, 7, "a.txt"],
      [null, false, SESSION_ID, 7, null],
    ]);
  });

  test("know their file where the CREATE was refused, and where its answer is missing", async () => {
    const requests = smb.compound(
      smb.message(at(Command.CREATE, FREE), smb.createRequest("a.txt")),
      smb.message(at(Command.CLOSE, FREE + 1, RELATED), smb.closeRequest(SAME_FILE)),
    );
    const refused = smb.message(answerTo(Command.CREATE, FREE, { status: Status.ACCESS_DENIED }), smb.errorBody());
    for (const of of [signedIn().bytes("client", requests), signedIn().bytes("client", requests).send("server", refused)]) {
      expect((await later(of)).map(({ name }) => name)).toEqual(["a.txt", "a.txt"]);
    }
  });

  test("of unrelated requests belong together, each with its own file", async () => {
    const requests = smb.compound(
      smb.message(at(Command.CREATE, FREE), smb.createRequest("a.txt")),
      smb.message(at(Command.CREATE, FREE + 1), smb.createRequest("b.txt")),
    );
    const answers = [FILE_A, FILE_B].map((id, index) =>
      smb.packet(smb.message(answerTo(Command.CREATE, FREE + index), smb.createResponse(id))),
    );
    const of = signedIn()
      .bytes("client", requests)
      .bytes("server", answers[1] ?? zeros(0))
      .bytes("server", answers[0] ?? zeros(0))
      .send("client", smb.message(at(Command.CLOSE, FREE + 2), smb.closeRequest(FILE_B)));
    const found = await later(of);
    expect(found.map(({ compoundOf, response, name }) => [compoundOf, response, name])).toEqual([
      [FIRST / 2, FIRST + 3, "a.txt"],
      [FIRST / 2, FIRST + 2, "b.txt"],
      [null, null, "b.txt"],
    ]);
  });

  test("do not reach over requests that are missing", async () => {
    const first = smb.message(at(Command.ECHO, FREE, { nextCommand: 72 }), smb.emptyBody());
    const other = smb.message(at(Command.ECHO, FREE + 5), smb.emptyBody());
    const found = await later(signedIn().send("client", first).send("client", other));
    expect(found.map(({ compoundOf }) => compoundOf)).toEqual([null, null]);
  });
});

describe("names", () => {
  const open = (messageId: number, name: string, id: Uint8Array, context?: Uint8Array) => (of: Conversation) =>
    of
      .send("client", smb.message(at(Command.CREATE, messageId), smb.createRequest(name, context)))
      .send("server", smb.message(answerTo(Command.CREATE, messageId), smb.createResponse(id)));
  const read = (messageId: number, id: Uint8Array) => smb.message(at(Command.READ, messageId), smb.readRequest(10, id));

  test("follow the FileId until CLOSE, and begin anew when it is given again", async () => {
    const of = open(
      FREE,
      "a.txt",
      FILE_A,
    )(signedIn())
      .send("client", smb.message(at(Command.CLOSE, FREE + 1), smb.closeRequest(FILE_A)))
      .send("server", smb.message(answerTo(Command.CLOSE, FREE + 1), smb.closeResponse()))
      .send("client", read(FREE + 2, FILE_A));
    const found = await later(open(FREE + 3, "b.txt", FILE_A)(of).send("client", read(FREE + 4, FILE_A)));
    expect(found.map(({ name }) => name)).toEqual(["a.txt", "a.txt", null, "b.txt", "b.txt"]);
  });

  test("stay where the CLOSE was refused; the share's root is empty", async () => {
    const of = open(
      FREE,
      "",
      FILE_A,
    )(signedIn())
      .send("client", smb.message(at(Command.CLOSE, FREE + 1), smb.closeRequest(FILE_A)))
      .send("server", smb.message(answerTo(Command.CLOSE, FREE + 1, { status: Status.ACCESS_DENIED }), smb.errorBody()))
      .send("client", read(FREE + 2, FILE_A));
    expect((await later(of)).map(({ name }) => name)).toEqual(["", "", ""]);
  });

  test("are not known of files that were opened before the capture", async () => {
    expect((await later(signedIn().send("client", read(FREE, FILE_B))))[0]).toMatchObject({ name: null, share: SHARE });
  });

  test("of shares end with TREE_DISCONNECT", async () => {
    const of = signedIn()
      .request(Command.TREE_DISCONNECT, smb.emptyBody(), smb.emptyBody())
      .request(Command.CREATE, smb.createRequest("a.txt"), null);
    expect((await later(of)).map(({ share }) => share)).toEqual([SHARE, null]);
  });

  test("of the file whose oplock or lease is broken, which nobody asked for", async () => {
    const ALL_ONES = 0xffff_ffff_ffff_ffffn;
    const oplock = concat(le16(24), octets(0, 0), le32(0), FILE_A);
    const leaseBreak = concat(le16(44), le16(0), le32(1), guidBytes(KEY), zeros(20));
    const notice = { response: true, messageId: ALL_ONES, command: 0x12, sessionId: 0, treeId: 0, credits: 0 };
    const acknowledged = concat(le16(36), le16(0), le32(0), guidBytes(KEY), zeros(12));
    const of = open(
      FREE + 1,
      "b.txt",
      FILE_B,
      lease(KEY),
    )(open(FREE, "a.txt", FILE_A)(signedIn()))
      .send("server", smb.message(notice, oplock))
      .send("server", smb.message(notice, leaseBreak))
      .send("client", smb.message(at(0x12, FREE + 2), acknowledged))
      .send("server", smb.message(answerTo(0x12, FREE + 2), acknowledged));
    const found = (await later(of)).slice(2);
    expect(found.map(({ request, response, unsolicited, name }) => [request, response, unsolicited, name])).toEqual([
      [null, FIRST + 4, true, "a.txt"],
      [null, FIRST + 5, true, "b.txt"],
      [FIRST + 6, FIRST + 7, false, "b.txt"],
    ]);
  });
});

describe("notes", () => {
  const setup = (messageId: number, sessionId: bigint, fields: Partial<Parameters<typeof smb.sessionSetupRequest>[0]> = {}) =>
    smb.message(
      { command: Command.SESSION_SETUP, messageId, sessionId },
      smb.sessionSetupRequest({ token: smb.ntlmNegotiate(), securityMode: 1, ...fields }),
    );

  test("name a session that signs in again, and not the second round of a sign-in", async () => {
    const found = await exchangesOf(signedIn().send("client", setup(FREE, SESSION)));
    expect(found.map(({ notes }) => notes)).toEqual([[], [], [], [], [{ kind: "reauthentication" }]]);
    const late = await exchangesOf(conversation().send("client", setup(FREE, SESSION)));
    expect(late[0]?.notes).toEqual([]);
  });

  test("name binding and the session that is replaced", async () => {
    const found = await later(signedIn().send("client", setup(FREE, SESSION, { binding: true })));
    expect(found[0]?.notes).toEqual([{ kind: "binding" }]);
    const again = await exchangesOf(conversation().send("client", setup(1, 0n, { previousSessionId: 0x1234n })));
    expect(again[0]?.notes).toEqual([{ kind: "reconnect", previousSessionId: "0x0000000000001234" }]);
  });

  test("name durable handles: asked for, granted, taken again under their name", async () => {
    const create = (messageId: number, name: string, context: Uint8Array) =>
      smb.message(at(Command.CREATE, messageId), smb.createRequest(name, context));
    const granted = smb.createResponse(FILE_A, smb.createContext("DHnQ", zeros(8)));
    const of = signedIn()
      .send("client", create(FREE, "a.txt", smb.createContext("DHnQ", zeros(16))))
      .send("server", smb.message(answerTo(Command.CREATE, FREE), granted))
      .send("client", create(FREE + 1, "b.txt", smb.createContext("DH2Q", zeros(32))))
      .send("server", smb.message(answerTo(Command.CREATE, FREE + 1), smb.createResponse(FILE_B)))
      .send("client", create(FREE + 2, "", smb.createContext("DHnC", FILE_A)))
      .send("client", create(FREE + 3, "c.txt", smb.createContext("DH2C", concat(fill(16, 0xcc), zeros(20)))));
    const found = await later(of);
    expect(found.map(({ name, notes }) => [name, ...notes])).toEqual([
      ["a.txt", { kind: "durable", granted: true }],
      ["b.txt", { kind: "durable", granted: false }],
      ["a.txt", { kind: "durable-reconnect", fileId: "aa".repeat(16) }],
      ["c.txt", { kind: "durable-reconnect", fileId: "cc".repeat(16) }],
    ]);
  });
});

describe("renamed files", () => {
  test("have their new name from the answer on", async () => {
    const renaming = concat(zeros(16), le32(10), utf16("b.txt"));
    const body = concat(le16(33), octets(1, 10), le32(renaming.length), le16(96), le16(0), le32(0), FILE_A, renaming);
    const of = signedIn()
      .send("client", smb.message(at(Command.CREATE, FREE), smb.createRequest("a.txt")))
      .send("server", smb.message(answerTo(Command.CREATE, FREE), smb.createResponse(FILE_A)))
      .send("client", smb.message(at(0x11, FREE + 1), body))
      .send("server", smb.message(answerTo(0x11, FREE + 1), le16(2)))
      .send("client", smb.message(at(Command.CLOSE, FREE + 2), smb.closeRequest(FILE_A)));
    expect((await later(of)).map(({ name }) => name)).toEqual(["a.txt", "a.txt", "b.txt"]);
  });
});
