import { describe, expect, it } from "vitest";
import { factsOf } from "../support/analyseBytes.ts";
import { pcapFile } from "../support/captureBuilder.ts";
import { type Conversation, conversation } from "../support/conversation.ts";
import {
  Command,
  closeRequest,
  closeResponse,
  createRequest,
  createResponse,
  emptyBody,
  errorBody,
  message,
  ntlmAuthenticate,
  ntlmNegotiate,
  packet,
  Status,
  sessionSetupRequest,
} from "../support/encodeMessage.ts";

const USER = { user: "tester", domain: "WORKGROUP", workstation: "CLIENT" };
const USER_SESSION_DELETED = 0xc0000203;

const started = () => conversation().negotiate().sessionSetup();
const setup = (token: Uint8Array) => sessionSetupRequest({ token, securityMode: 1 });

describe("refused sign-ins", () => {
  it("are kept beside the final answer, each with who asked", async () => {
    const { sessions } = await factsOf(
      conversation().negotiate().sessionSetup({ status: Status.LOGON_FAILURE }).sessionSetup({ user: "other" }).treeConnect().pcap(),
    );
    expect(sessions.map(({ refusal, refusals }) => [refusal?.frame, refusal?.user, refusals])).toEqual([
      [9, "tester", 1],
      [undefined, undefined, 0],
    ]);
    expect(sessions[0]?.refusal).toMatchObject({
      status: Status.LOGON_FAILURE,
      requestFrame: 8,
      beforeUser: false,
      reauthentication: false,
    });
  });

  it("before a user is named are told from the others", async () => {
    const { sessions } = await factsOf(
      conversation()
        .negotiate()
        .request(Command.SESSION_SETUP, setup(ntlmNegotiate()), errorBody(), { signed: false, status: Status.ACCESS_DENIED })
        .request(Command.SESSION_SETUP, setup(new Uint8Array(80).fill(0x60)), errorBody(), { signed: false, status: Status.ACCESS_DENIED })
        .pcap(),
    );
    expect(sessions).toHaveLength(1);
    expect(sessions[0]).toMatchObject({ refusals: 2, refusal: { frame: 7, beforeUser: true, user: null } });
  });

  it("belong to the session of the request where the answer names none", async () => {
    const { sessions } = await factsOf(
      started()
        .request(Command.SESSION_SETUP, setup(ntlmAuthenticate(USER)), null)
        .send(
          "server",
          message({ command: Command.SESSION_SETUP, response: true, messageId: 3, status: Status.LOGON_FAILURE }, errorBody()),
        )
        .pcap(),
    );
    expect(sessions).toHaveLength(1);
    expect(sessions[0]).toMatchObject({ final: { status: 0 }, refusal: { frame: 11, reauthentication: true } });
  });
});

describe("sign-ins without an answer", () => {
  const open = (step: (told: Conversation) => Conversation) => factsOf(step(conversation().negotiate()).pcap());

  it("are open, with their interim answer", async () => {
    const facts = await open((told) =>
      told
        .sessionSetup({ final: null })
        .send(
          "server",
          message({ command: Command.SESSION_SETUP, response: true, messageId: 2, status: Status.PENDING, asyncId: 5 }, errorBody()),
        ),
    );
    expect(facts.openSetups).toMatchObject([{ frame: 8, interimFrame: 9, answerLost: false, binding: false }]);
  });

  it("are not open once they are answered", async () => {
    expect((await open((told) => told.sessionSetup())).openSetups).toEqual([]);
  });

  it("lost their answer where the client acknowledges bytes that the capture lacks", async () => {
    const told = started().treeConnect();
    const frames = told.frames().filter((_, index) => index + 1 !== 9);
    expect((await factsOf(pcapFile(frames))).openSetups).toMatchObject([{ frame: 8, answerLost: true }]);
  });

  it("are not said to wait for an answer that stands before them", async () => {
    const answer = { command: Command.SESSION_SETUP, response: true, messageId: 1, sessionId: 7, status: Status.LOGON_FAILURE };
    const facts = await open((told) =>
      told
        .bytes("server", packet(message(answer, errorBody())))
        .request(Command.SESSION_SETUP, setup(ntlmNegotiate()), null, { signed: false }),
    );
    expect(facts.openSetups).toMatchObject([{ answerLost: true }]);
  });
});

describe("signatures", () => {
  it("have their first unsigned message named, each way", async () => {
    const facts = await factsOf(conversation({ signed: false }).negotiate().sessionSetup().treeConnect().file().pcap());
    expect(facts.sessions[0]?.firstUnsigned).toEqual({ requestFrame: 10, requestCommand: 3, responseFrame: 11, responseCommand: 3 });
  });

  it("are not missed in what servers say of a session that is gone", async () => {
    const facts = await factsOf(
      started()
        .treeConnect()
        .request(Command.CREATE, createRequest("a"), null)
        .send(
          "server",
          message(
            { command: Command.CREATE, response: true, messageId: 4, sessionId: 0x31a8e154, status: USER_SESSION_DELETED },
            errorBody(),
          ),
        )
        .pcap(),
    );
    expect(facts.sessions[0]?.responses).toMatchObject({ signed: 1, unsigned: 0 });
  });

  it.each([true, false])("that a refused LOGOFF has (%s) are told by the request, whatever the answer has", async (signed) => {
    const facts = await factsOf(
      started()
        .treeConnect()
        .request(Command.LOGOFF, emptyBody(), null, { signed })
        .send(
          "server",
          message(
            { command: Command.LOGOFF, response: true, messageId: 4, sessionId: 0x31a8e154, signed: true, status: Status.ACCESS_DENIED },
            errorBody(),
          ),
        )
        .pcap(),
    );
    expect(facts.sessions[0]?.signatureRefusal).toMatchObject({ frame: 13, command: Command.LOGOFF, requestSigned: signed });
  });

  it("are not what a refused CREATE is about", async () => {
    const facts = await factsOf(started().treeConnect().refused(Command.CREATE, createRequest("a"), Status.ACCESS_DENIED).pcap());
    expect(facts.sessions[0]).toMatchObject({ denied: 1, signatureRefusal: null });
  });
});

it("takes the session of a related request from the one before it", async () => {
  const all = 0xffff_ffff_ffff_ffffn;
  const header = { sessionId: 0x31a8e154, treeId: 7, signed: true };
  const related = { ...header, sessionId: all, related: true };
  const facts = await factsOf(
    started()
      .treeConnect()
      .send("client", message({ ...header, command: Command.CREATE, messageId: 4 }, createRequest("a")))
      .send("client", message({ ...related, command: Command.CLOSE, messageId: 5 }, closeRequest()))
      .send("server", message({ ...header, command: Command.CREATE, messageId: 4, response: true }, createResponse()))
      .send("server", message({ ...header, command: Command.CLOSE, messageId: 5, response: true }, closeResponse()))
      .pcap(),
  );
  expect(facts.sessions.map(({ id }) => id)).toEqual(["0x0000000031a8e154"]);
});
