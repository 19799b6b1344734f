import { describe, expect, test } from "vitest";
import type { ConnectionFacts } from "../../src/core/model/connectionFacts.ts";
import { formatGuid } from "../../src/core/model/guid.ts";
import { factsOf } from "../support/analyseBytes.ts";
import { pcapFile } from "../support/captureBuilder.ts";
import { CLIENT_GUID, type Conversation, conversation, OTHER_GUID, SERVER_GUID } from "../support/conversation.ts";
import * as smb from "../support/encodeMessage.ts";
import { Command, Status } from "../support/encodeMessage.ts";

const facts = (of: Conversation): Promise<ConnectionFacts> => factsOf(of.pcap());
const started = () => conversation().negotiate().sessionSetup().treeConnect();

describe("NEGOTIATE", () => {
  test("what both sides say of themselves", async () => {
    const { negotiates, dialect } = await facts(
      conversation().negotiate({
        request: { securityMode: 3, capabilities: 0x12345678 },
        response: { capabilities: 0x87654321, securityMode: 2 },
      }),
    );
    expect(dialect).toBe(0x0302);
    expect(negotiates).toHaveLength(1);
    const { request, response } = negotiates[0] ?? {};
    expect(request).toMatchObject({ frame: 4, time: 5e9 + 3e6, signed: false, truncated: false, preauthContexts: 0 });
    expect(request).toMatchObject({ capabilities: 0x12345678, securityMode: 3, dialects: [0x0202, 0x0210, 0x0300, 0x0302] });
    expect(response).toMatchObject({ frame: 5, time: 5e9 + 4e6, status: 0, dialect: 0x0302, capabilities: 0x87654321, securityMode: 2 });
    expect(response).toMatchObject({ maxTransactSize: 8_388_608, maxReadSize: 8_388_608, maxWriteSize: 8_388_608 });
    expect(request && formatGuid(request.guid)).toBe(CLIENT_GUID);
    expect(response && formatGuid(response.guid)).toBe(SERVER_GUID);
  });

  test("3.1.1: pre-authentication contexts on both sides", async () => {
    const { negotiates, dialect } = await facts(
      conversation({ clientValues: { dialects: [0x0302, 0x0311] }, serverValues: { dialect: 0x0311 } }).negotiate(),
    );
    expect(dialect).toBe(0x0311);
    expect(negotiates).toMatchObject([{ request: { preauthContexts: 1 }, response: { preauthContexts: 1 } }]);
  });

  test("an error answer has a status and no dialect", async () => {
    const { negotiates, dialect } = await facts(conversation().negotiate({ response: { status: Status.NOT_SUPPORTED } }));
    expect(dialect).toBeNull();
    expect(negotiates).toMatchObject([{ response: { status: Status.NOT_SUPPORTED } }]);
  });

  test("one half only", async () => {
    expect((await facts(conversation().negotiate({ response: null }))).negotiates).toMatchObject([
      { request: { frame: 4 }, response: null },
    ]);
    expect((await facts(conversation().negotiate({ request: null }))).negotiates).toMatchObject([
      { request: null, response: { frame: 4 } },
    ]);
  });

  test("repeated: each exchange is kept, the last one counts", async () => {
    const { negotiates, dialect } = await facts(
      conversation()
        .negotiate()
        .negotiate({ response: { dialect: 0x0210 } }),
    );
    expect(negotiates.map(({ response }) => response?.dialect)).toEqual([0x0302, 0x0210]);
    expect(dialect).toBe(0x0210);
  });

  test("more than eight are not kept", async () => {
    const of = conversation();
    for (let i = 0; i < 20; i++) of.negotiate();
    expect((await facts(of)).negotiates).toHaveLength(8);
  });

  test("a count of dialects beyond the message gives those that are there", async () => {
    const body = smb.negotiateRequest({ capabilities: 1, guid: CLIENT_GUID, securityMode: 1, dialects: [0x0202, 0x0210] });
    body[2] = 0xff;
    body[3] = 0xff;
    const { negotiates } = await facts(conversation().send("client", smb.message({ command: Command.NEGOTIATE }, body)));
    expect(negotiates).toMatchObject([{ request: { dialects: [0x0202, 0x0210] } }]);
  });
});

describe("SMB1 NEGOTIATE", () => {
  const dialects = ["NT LM 0.12", "SMB 2.002", "SMB 2.???"];

  test("answered by SMB1", async () => {
    const { smb1, smb1Messages, dialect } = await facts(
      conversation().smb1Negotiate(dialects, { index: 0 }).send("client", smb.smb1Message(0x73, false)),
    );
    expect(smb1).toEqual({ requestFrame: 4, dialects, responseFrame: 5, answeredBy: "SMB1", selected: 0 });
    expect(smb1Messages).toBe(1);
    expect(dialect).toBeNull();
  });

  test("answered by SMB2 with the wildcard, then negotiated", async () => {
    const of = conversation().smb1Negotiate(dialects, { dialect: 0x02ff }).negotiate().sessionSetup();
    const { smb1, negotiates, dialect } = await facts(of);
    expect(smb1).toMatchObject({ requestFrame: 4, responseFrame: 5, answeredBy: "SMB2", selected: null });
    expect(negotiates).toMatchObject([
      { request: null, response: { dialect: 0x02ff } },
      { request: { frame: 6 }, response: { dialect: 0x0302 } },
    ]);
    expect(dialect).toBe(0x0302);
  });

  test("answered by SMB2 with 2.0.2 at once", async () => {
    const { smb1, negotiates, dialect } = await facts(conversation().smb1Negotiate(dialects, { dialect: 0x0202 }).sessionSetup());
    expect(smb1?.answeredBy).toBe("SMB2");
    expect(negotiates).toMatchObject([{ request: null, response: { dialect: 0x0202 } }]);
    expect(dialect).toBe(0x0202);
  });

  test("not answered", async () => {
    expect((await facts(conversation().smb1Negotiate(dialects, null))).smb1).toMatchObject({
      responseFrame: null,
      answeredBy: null,
      selected: null,
    });
  });
});

describe("SESSION_SETUP", () => {
  test("who signs in, and with which answer", async () => {
    const { sessions } = await facts(
      conversation().negotiate().sessionSetup({ user: "Ünï", domain: "東京", workstation: "PC" }).treeConnect(),
    );
    expect(sessions).toMatchObject([
      {
        id: "0x0000000031a8e154",
        user: "Ünï",
        domain: "東京",
        workstation: "PC",
        startsLate: false,
        setupRequestFrame: 6,
        securityMode: 1,
        anonymousLogon: false,
        final: { frame: 9, status: 0, signed: true, signatureZero: false },
        flags: 0,
        binding: false,
        nextRequest: { frame: 10, command: Command.TREE_CONNECT },
      },
    ]);
  });

  test("guest, anonymous, refused, bound", async () => {
    expect((await facts(conversation().negotiate().sessionSetup({ flags: 1 }))).sessions[0]).toMatchObject({
      flags: 1,
      final: { signed: false },
    });
    expect((await facts(conversation().negotiate().sessionSetup({ user: "", domain: "" }))).sessions[0]).toMatchObject({
      user: "",
      anonymousLogon: true,
    });
    const refused = (await facts(conversation().negotiate().sessionSetup({ status: Status.LOGON_FAILURE }))).sessions[0];
    expect(refused).toMatchObject({ final: { status: Status.LOGON_FAILURE }, flags: 0, user: "tester" });
    expect((await facts(conversation().negotiate().sessionSetup({ binding: true }))).sessions[0]).toMatchObject({ binding: true });
  });

  test("MORE_PROCESSING_REQUIRED is no final answer", async () => {
    expect((await facts(conversation().negotiate().sessionSetup({ final: null }))).sessions).toMatchObject([
      { final: null, user: "tester" },
    ]);
  });

  test("two sessions, each with its own counts", async () => {
    const { sessions } = await facts(
      conversation().negotiate().sessionSetup().treeConnect().file().sessionSetup({ user: "other" }).treeConnect(),
    );
    expect(sessions.map(({ id, user, requests }) => [id, user, requests.signed])).toEqual([
      ["0x0000000031a8e154", "tester", 5],
      ["0x0000000031a8e155", "other", 1],
    ]);
  });

  test("protection of what follows: the sign-in, the validation, interim and unasked-for answers are not counted", async () => {
    const of = conversation({ signed: false })
      .negotiate()
      .sessionSetup()
      .treeConnect()
      .validate({ pending: true })
      .file()
      .send(
        "server",
        smb.message({ command: 18, response: true, messageId: 0xffff_ffff_ffff_ffffn, sessionId: 0x31a8e154n }, smb.emptyBody()),
      );
    expect((await facts(of)).sessions[0]).toMatchObject({
      requests: { signed: 0, unsigned: 5, encrypted: 0 },
      responses: { signed: 0, unsigned: 5, encrypted: 0 },
      answered: 6,
      denied: 0,
    });
  });

  test("what was refused", async () => {
    const of = conversation().negotiate().sessionSetup().treeConnect({ status: Status.ACCESS_DENIED });
    of.refused(Command.CREATE, smb.createRequest("x"), Status.ACCESS_DENIED);
    expect((await facts(of)).sessions[0]).toMatchObject({ answered: 2, denied: 2, deniedFrames: [11, 13] });
  });

  test("LOGOFF", async () => {
    expect((await facts(started().logoff())).sessions[0]).toMatchObject({ loggedOff: true });
    expect((await facts(started())).sessions[0]).toMatchObject({ loggedOff: false });
  });

  test("a session that is older than the capture", async () => {
    const frames = conversation().negotiate().sessionSetup().treeConnect().file().frames().slice(9);
    expect((await factsOf(pcapFile(frames))).sessions).toMatchObject([{ startsLate: true, final: null, requests: { signed: 4 } }]);
  });
});

describe("TREE_CONNECT", () => {
  test("path, TreeId, flags and result", async () => {
    const { trees } = await facts(
      conversation()
        .negotiate()
        .sessionSetup()
        .treeConnect({ path: "\\\\srv\\IPC$", shareFlags: 0x30 })
        .treeConnect({ path: "\\\\srv\\データ", status: Status.ACCESS_DENIED })
        .treeConnect({ response: null }),
    );
    expect(trees).toMatchObject([
      {
        path: "\\\\srv\\IPC$",
        treeId: 7,
        shareFlags: 0x30,
        request: { frame: 10, signed: true },
        response: { frame: 11, status: 0 },
        sessionId: "0x0000000031a8e154",
      },
      { path: "\\\\srv\\データ", treeId: null, response: { status: Status.ACCESS_DENIED } },
      { response: null },
    ]);
  });
});

describe("FSCTL_VALIDATE_NEGOTIATE_INFO", () => {
  test("the values of both sides, and what followed", async () => {
    const { validations } = await facts(
      started()
        .validate({
          request: { capabilities: 0x77, guid: OTHER_GUID, securityMode: 3, dialects: [0x0300], maxOutputResponse: 16_384 },
          response: { capabilities: 0x4f, guid: OTHER_GUID, securityMode: 3, dialect: 0x0300 },
        })
        .file(),
    );
    expect(validations).toHaveLength(1);
    const [{ request, response, ...rest } = { request: null, response: null }] = validations;
    expect(request).toMatchObject({ frame: 12, signed: true, capabilities: 0x77, securityMode: 3, dialects: [0x0300], dialectCount: 1 });
    expect(request).toMatchObject({
      fileIdAllOnes: true,
      ioctlFlags: 1,
      maxOutputResponse: 16_384,
      inputOffset: 120,
      inputCount: 26,
      truncated: false,
    });
    expect(response).toMatchObject({ frame: 13, status: 0, signed: true, outputOffset: 112, outputCount: 24 });
    expect(response?.values).toMatchObject({ capabilities: 0x4f, securityMode: 3, dialect: 0x0300 });
    expect(request && formatGuid(request.guid)).toBe(OTHER_GUID);
    expect(response?.values && formatGuid(response.values.guid)).toBe(OTHER_GUID);
    expect(rest).toMatchObject({
      sessionId: "0x0000000031a8e154",
      treeId: 7,
      answerLost: false,
      interim: null,
      nextRequest: { frame: 14, command: 5 },
    });
  });

  test("an error, an interim answer, none", async () => {
    const error = await facts(started().validate({ response: { status: Status.FILE_CLOSED } }));
    expect(error.validations).toMatchObject([{ response: { status: Status.FILE_CLOSED, signed: true, values: null } }]);
    const pending = await facts(started().validate({ pending: true }));
    expect(pending.validations).toMatchObject([{ interim: { frame: 13, signed: false, status: Status.PENDING }, response: { frame: 14 } }]);
    const none = await facts(started().validate({ response: null }).file());
    expect(none.validations).toMatchObject([{ response: null, nextRequest: { frame: 13, command: 5 } }]);
  });

  test("signatures: none, all zero", async () => {
    const { validations } = await facts(started().validate({ request: { signed: "zero" }, response: { signed: false } }));
    expect(validations).toMatchObject([{ request: { signed: true, signatureZero: true }, response: { signed: false } }]);
  });

  test("several on one connection", async () => {
    const { validations } = await facts(started().validate().treeConnect().validate());
    expect(validations.map(({ request, response, treeId }) => [request?.frame, response?.frame, treeId])).toEqual([
      [12, 13, 7],
      [16, 17, 8],
    ]);
  });

  test("fields that lead out of the message are not followed", async () => {
    const { validations } = await facts(started().validate({ request: { inputOffset: 0xffff_ff00, inputCount: 0xffff_ffff } }));
    expect(validations).toMatchObject([{ request: { inputOffset: 0xffff_ff00, dialects: [], capabilities: 0 } }]);
    const output = await facts(started().validate({ response: { outputCount: 0xffff_ffff } }));
    expect(output.validations).toMatchObject([{ response: { outputCount: 0xffff_ffff, values: { capabilities: 0x4e } } }]);
  });

  test("another FSCTL is none, and neither is its answer", async () => {
    const dfs = { ctlCode: 0x00060194, input: new Uint8Array(10), maxOutputResponse: 4096 };
    const of = started().request(Command.IOCTL, smb.ioctlRequest(dfs), smb.ioctlResponse(dfs.ctlCode, new Uint8Array(40)));
    of.refused(Command.IOCTL, smb.ioctlRequest(dfs), Status.INVALID_DEVICE_REQUEST);
    expect((await facts(of)).validations).toEqual([]);
  });
});

describe("the whole connection", () => {
  test("counts, frames and the last request", async () => {
    const all = await facts(started().validate().file().logoff().clientCloses("FIN"));
    expect(all).toMatchObject({ id: 1, messages: 20, firstFrame: 1, lastFrame: 24, firstTime: 5e9, lastTime: 5e9 + 23e6 });
    expect(all).toMatchObject({
      fileRequests: 4,
      lastMessageFrame: 23,
      lastClientMessage: { frame: 22, command: Command.LOGOFF },
      captureEndTime: 5e9 + 23e6,
    });
  });
});
