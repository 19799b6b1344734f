import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import {
  type ConnectionDetail,
  checkMessageIds,
  type DetailMessage,
  type Exchange,
  exchangeStatistics,
  toExchanges,
} from "../../src/core/index.ts";
import { onlyConnection } from "../support/analyseBytes.ts";
import { captureOf } from "../support/capturesOnDisk.ts";
import { conversation } from "../support/conversation.ts";
import * as smb from "../support/encodeMessage.ts";
import { Command, Status } from "../support/encodeMessage.ts";

/*
 * A capture may begin and end anywhere, miss frames, repeat them and hold them in any order. Whatever is left: every message belongs to
 * one exchange, and no answer to two requests.
 */

const details: ConnectionDetail[] = [];

beforeAll(async () => {
  const header = { sessionId: 0x31a8e154n, treeId: 7, messageId: 900 };
  const related = { ...header, related: true, sessionId: 0xffff_ffff_ffff_ffffn, treeId: 0xffff_ffff };
  const told = conversation()
    .smb1Negotiate(["NT LM 0.12", "SMB 2.???"], { dialect: 0x02ff })
    .negotiate()
    .sessionSetup()
    .treeConnect()
    .validate({ pending: true })
    .file(300)
    .bytes(
      "client",
      smb.compound(
        smb.message({ ...header, command: Command.CREATE }, smb.createRequest("a.txt")),
        smb.message({ ...related, messageId: 901, command: Command.CLOSE }, smb.closeRequest(new Uint8Array(16).fill(0xff))),
      ),
    )
    .send("server", smb.message({ ...header, command: Command.CREATE, response: true }, smb.createResponse()))
    .send("client", smb.message({ ...header, messageId: 902, command: Command.READ }, smb.readRequest(10)))
    .send(
      "server",
      smb.message(
        { ...header, messageId: 902, command: Command.READ, response: true, status: Status.PENDING, asyncId: 9 },
        smb.errorBody(),
      ),
    )
    .send("client", smb.message({ ...header, messageId: 0, command: Command.CANCEL, asyncId: 9 }, smb.emptyBody()))
    .encrypted("client")
    .logoff();
  details.push(await onlyConnection(told.pcap()));
  for (const name of ["ok_302_default.client", "ok_kcifs_2.1_impserver.client", "ok_302_enc_server_samba413.client"]) {
    details.push(await onlyConnection(captureOf(name)));
  }
});

/** Every message at most this often, in any order: lists of indexes. */
const choices = fc.tuple(fc.nat(3), fc.array(fc.nat(59), { maxLength: 80 }));

function chosen([which, indexes]: readonly [number, readonly number[]]): ConnectionDetail {
  const detail = details[which] as ConnectionDetail;
  const messages = indexes.flatMap((index) => detail.messages[index % detail.messages.length] ?? []);
  return { ...detail, messages };
}

function expectWhole(exchanges: readonly Exchange[], messages: readonly DetailMessage[]): void {
  const indexes = exchanges.flatMap(({ request, interim, response, cancel }) =>
    [request, ...interim, response, cancel].flatMap((index) => index ?? []),
  );
  expect(indexes.toSorted((one, other) => one - other)).toEqual(messages.map((_, index) => index));
  for (const { request, response, compoundOf } of exchanges) {
    if (request !== null) expect(messages[request]?.response).toBe(false);
    if (response !== null) expect(messages[response]?.response).toBe(true);
    if (compoundOf !== null) expect(exchanges[compoundOf]?.compoundOf).toBe(compoundOf);
  }
}

describe("any messages of a connection in any order", () => {
  test("every message belongs to exactly one exchange", () => {
    fc.assert(
      fc.property(choices, (choice) => {
        const detail = chosen(choice);
        expectWhole(toExchanges(detail), detail.messages);
      }),
    );
  });

  test("what is added up is never less than nothing, and counts every request", () => {
    fc.assert(
      fc.property(choices, (choice) => {
        const detail = chosen(choice);
        const exchanges = toExchanges(detail);
        const { commands, sessions, trees } = exchangeStatistics(exchanges, detail);
        const counted = exchanges.filter(({ kind, command }) => kind === "SMB2" && command >= 0);
        expect(commands.reduce((sum, one) => sum + one.exchanges, 0)).toBe(counted.length);
        for (const { errors, unanswered, exchanges: all, median, longest } of commands) {
          expect(errors + unanswered).toBeLessThanOrEqual(all);
          expect(median ?? 0).toBeLessThanOrEqual(longest ?? 0);
        }
        for (const { read, written } of [...sessions, ...trees]) expect(Math.min(read, written)).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  test("a capture that was cut accuses no client of MessageIds that it was not granted", () => {
    fc.assert(
      fc.property(fc.nat(3), fc.nat(60), fc.nat(60), (which, from, count) => {
        const detail = details[which] as ConnectionDetail;
        const cut = { ...detail, messages: detail.messages.slice(from, from + count) };
        // Of the conversation that was made up, the last messages do use such MessageIds.
        if (which === 0) return;
        expect(checkMessageIds(toExchanges(cut), cut).troubles).toEqual([]);
      }),
    );
  });
});

test("any bytes: nothing throws, and no message is lost", () => {
  const damage = fc.array(fc.tuple(fc.nat(59), fc.nat(200), fc.nat(255)), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(fc.nat(3), damage, fc.nat(200), (which, changes, longest) => {
      const detail = details[which] as ConnectionDetail;
      const messages = detail.messages.map((message) => ({ ...message, bytes: message.bytes.slice(0, Math.max(64, longest)) }));
      for (const [index, offset, value] of changes) {
        const message = messages[index % messages.length];
        if (message !== undefined && offset < message.bytes.length) message.bytes[offset] = value;
      }
      const damaged = { ...detail, messages };
      const exchanges = toExchanges(damaged);
      expectWhole(exchanges, messages);
      checkMessageIds(exchanges, damaged);
      exchangeStatistics(exchanges, damaged);
    }),
  );
});
