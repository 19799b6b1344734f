import { hex } from "../../bytes/hex.ts";
import { Command } from "../../smb2/constants/commands.ts";
import { isErrorStatus } from "../../spec/ntStatus.ts";
import type { CommandStatistics, Exchange, ExchangeStatistics, UseStatistics } from "../exchange.ts";
import type { Mutable } from "../mutable.ts";
import { readBytesOf, writtenBytesOf } from "./bodyFacts.ts";
import { NO_SESSION } from "./messageHead.ts";
import type { ExchangeSource } from "./toExchanges.ts";

const STATUS_MORE_PROCESSING_REQUIRED = 0xc0000016;

/** Adds up the SMB2 exchanges of a connection that can be read. Response times count from the request to its final answer. */
export function exchangeStatistics(exchanges: readonly Exchange[], source: ExchangeSource): ExchangeStatistics {
  const counted = exchanges.filter(({ kind, command }) => kind === "SMB2" && command >= 0).map((exchange) => measure(exchange, source));
  return { commands: commandStatistics(counted), sessions: sessionStatistics(counted), trees: treeStatistics(counted) };
}

/** An exchange and what of it is added up. */
interface Measured {
  readonly exchange: Exchange;
  readonly failed: boolean;
  readonly read: number;
  readonly written: number;
}

function measure(exchange: Exchange, { messages }: ExchangeSource): Measured {
  const request = messages[exchange.request ?? -1];
  const response = messages[exchange.response ?? -1];
  const failed = response !== undefined && isFailure(response.status);
  const isRead = exchange.command === Command.value.READ && response !== undefined && !failed;
  const isWrite = exchange.command === Command.value.WRITE && request !== undefined && !failed;
  return { exchange, failed, read: isRead ? readBytesOf(response) : 0, written: isWrite ? writtenBytesOf(request) : 0 };
}

/** A sign-in that goes on has not failed. */
function isFailure(status: number): boolean {
  return isErrorStatus(status) && status !== STATUS_MORE_PROCESSING_REQUIRED;
}

function commandStatistics(measured: readonly Measured[]): readonly CommandStatistics[] {
  const groups = grouped(measured, ({ exchange }) => exchange.command);
  return [...groups].map(([command, group]) => statisticsOf(command, group)).sort((one, other) => other.total - one.total);
}

function statisticsOf(command: number, group: readonly Measured[]): CommandStatistics {
  const times = group.flatMap(({ exchange }) => exchange.responseTime ?? []).sort((one, other) => one - other);
  return {
    command,
    exchanges: group.length,
    errors: group.filter(({ failed }) => failed).length,
    unanswered: group.filter(({ exchange }) => isUnanswered(exchange)).length,
    median: medianOf(times),
    longest: times.at(-1) ?? null,
    total: times.reduce((sum, time) => sum + time, 0),
  };
}

/** CANCEL has no answer ([MS-SMB2] 3.3.5.16). */
function isUnanswered({ command, request, response }: Exchange): boolean {
  return request !== null && response === null && command !== Command.value.CANCEL;
}

/** Of an even number of times the mean of the two in the middle. */
function medianOf(sorted: readonly number[]): number | null {
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.floor((sorted.length - 1) / 2)];
  return upper === undefined || lower === undefined ? null : (lower + upper) / 2;
}

function sessionStatistics(measured: readonly Measured[]): readonly UseStatistics[] {
  const inSession = measured.filter(({ exchange }) => exchange.sessionId !== NO_SESSION);
  const groups = grouped(inSession, ({ exchange }) => exchange.sessionId);
  return [...groups].map(([sessionId, group]) => useOf(sessionId, group, { sessionId, treeId: null, share: null }));
}

function treeStatistics(measured: readonly Measured[]): readonly UseStatistics[] {
  const groups = grouped(measured, ({ exchange: { sessionId, treeId, share } }) =>
    treeId === null ? null : `${sessionId} ${treeId} ${share}`,
  );
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined || first.exchange.treeId === null) return [];
    const { sessionId, treeId, share } = first.exchange;
    return [useOf(`${sessionId} ${hex(treeId, 8)}`, group, { sessionId, treeId, share })];
  });
}

function useOf(key: string, group: readonly Measured[], place: Pick<UseStatistics, "sessionId" | "treeId" | "share">): UseStatistics {
  const use: Mutable<UseStatistics> = { key, ...place, exchanges: group.length, errors: 0, read: 0, written: 0 };
  for (const { failed, read, written } of group) {
    if (failed) use.errors++;
    use.read += read;
    use.written += written;
  }
  return use;
}

/** In the order in which the groups begin; null belongs to none. */
function grouped<K>(measured: readonly Measured[], keyOf: (one: Measured) => K | null): ReadonlyMap<K, readonly Measured[]> {
  const groups = new Map<K, Measured[]>();
  for (const one of measured) {
    const key = keyOf(one);
    if (key === null) continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [one]);
    else group.push(one);
  }
  return groups;
}
