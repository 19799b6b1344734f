import { Command } from "../../smb2/constants/commands.ts";
import { RELATED_FILE, readFileId } from "./bodyFacts.ts";
import { hasTree, type MessageHead, NO_SESSION, RELATED_SESSION, RELATED_TREE } from "./messageHead.ts";
import type { PairedMessages } from "./pairHeads.ts";

/** Which session, tree and file an exchange is about. */
export interface ExchangePlace {
  readonly sessionId: string;
  readonly treeId: number | null;
  /** 32 hex digits; of CREATE that of its answer. */
  readonly fileId: string | null;
  /** Index of the exchange before it in its compound, whose file it uses. */
  readonly fileOf: number | null;
}

/** Reads the places of all exchanges; related requests inherit those of the one before ([MS-SMB2] 3.3.5.2.7.2). */
export function placeExchanges(pairs: readonly PairedMessages[]): readonly ExchangePlace[] {
  const byRequest = new Map<MessageHead, number>();
  const places: ExchangePlace[] = [];
  pairs.forEach((pair, index) => {
    if (pair.request !== null) byRequest.set(pair.request, index);
    const before = pair.request?.related && pair.request.previous !== null ? byRequest.get(pair.request.previous) : undefined;
    places.push(placeOf(pair, before === undefined ? undefined : { index: before, place: places[before] }));
  });
  return places;
}

interface Before {
  readonly index: number;
  readonly place: ExchangePlace | undefined;
}

function placeOf(pair: PairedMessages, before: Before | undefined): ExchangePlace {
  const fileId = fileIdOf(pair);
  const inherits = before !== undefined && pair.request !== null && (fileId === null || fileId === RELATED_FILE) && usesFile(pair.request);
  return {
    sessionId: sessionIdOf(pair, before?.place),
    treeId: treeIdOf(pair, before?.place),
    fileId: inherits ? (before.place?.fileId ?? null) : fileId,
    fileOf: inherits ? before.index : null,
  };
}

function sessionIdOf({ request, interim, response }: PairedMessages, before: ExchangePlace | undefined): string {
  const own = [before?.sessionId, request?.sessionId, response?.sessionId, interim[0]?.sessionId];
  return own.find((id) => id !== undefined && id !== NO_SESSION && id !== RELATED_SESSION) ?? NO_SESSION;
}

function treeIdOf({ request, interim, response }: PairedMessages, before: ExchangePlace | undefined): number | null {
  const { kind, command } = (request ?? response ?? interim[0])?.message ?? { kind: "encrypted", command: -1 };
  if (kind !== "SMB2" || command < 0 || !hasTree(command)) return null;
  // The request of a TREE_CONNECT has no tree yet; a refused one gets none.
  const connects = command === Command.value.TREE_CONNECT;
  if (connects) return response !== null && response.message.status === 0 ? response.treeId : null;
  const own = [before?.treeId, request?.treeId, response?.unsolicited ? null : response?.treeId];
  return own.find((id) => id !== undefined && id !== null && id !== RELATED_TREE) ?? null;
}

function fileIdOf({ request, response }: PairedMessages): string | null {
  if (request !== null && request.message.kind === "SMB2" && request.readable) {
    if (request.message.command === Command.value.CREATE) return answeredFileId(response);
    return readFileId(request.message);
  }
  return answeredFileId(response);
}

function answeredFileId(response: MessageHead | null): string | null {
  if (response === null || !response.readable || response.message.kind !== "SMB2") return null;
  return readFileId(response.message);
}

/** CREATE opens one of its own. */
function usesFile({ message }: MessageHead): boolean {
  return hasTree(message.command) && message.command !== Command.value.TREE_CONNECT && message.command !== Command.value.CREATE;
}
