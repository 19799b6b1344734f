import type { ByteSource } from "./bytes/byteSource.ts";
import type { CancelSignal } from "./bytes/cancelSignal.ts";
import type { ConnectionPair, FieldDifference } from "./compare/captureComparison.ts";
import { compareConnections } from "./compare/compareConnections.ts";
import type { AlteredField, OtherView } from "./model/otherView.ts";
import { type ReadForComparisonOptions, readForComparison } from "./readForComparison.ts";
import type { Analysis } from "./rules/analysis.ts";

/** Two connections by id that may be one, seen at two points of a capture with something different. */
export type ViewPair = readonly [one: number, other: number];

const NEGOTIATE = "NEGOTIATE ";

/**
 * Reads connections again that a capture shows at two points and compares their NEGOTIATE: what each of them differs in from the other, by id.
 * Of those that turn out to be two connections there is nothing.
 * @param pointOf name of the point at which a connection was seen
 */
export async function readOtherViews(
  source: ByteSource,
  analysis: Analysis,
  pairs: readonly ViewPair[],
  pointOf: (id: number) => string,
  options: ReadForComparisonOptions,
  signal: CancelSignal,
): Promise<ReadonlyMap<number, OtherView>> {
  const { baseSeconds, firstTime, lastTime } = analysis.capture;
  const read = await readForComparison(source, analysis, [...new Set(pairs.flat())], options, signal);
  const byId = new Map(read.map((connection) => [connection.connection.id, connection]));
  const views = new Map<number, OtherView>();
  for (const [one, other] of pairs) {
    const [a, b] = [byId.get(one), byId.get(other)];
    if (a === undefined || b === undefined) continue;
    const side = (connection: typeof a) => ({ clock: { baseSeconds, firstTime, lastTime }, connections: [connection], omitted: 0 });
    const { pairs: found, clientSide } = compareConnections(side(a), side(b));
    const [pair] = found;
    if (pair === undefined) continue;
    const client = clientSide.by === "argument-order" ? null : clientSide.side === "a" ? one : other;
    const points = (id: number) => ({
      connection: id === one ? other : one,
      point: pointOf(id),
      otherPoint: pointOf(id === one ? other : one),
    });
    const incomparable = incomparableReason(pair);
    const fields = pair.differences.filter(({ message }) => message.startsWith(NEGOTIATE));
    for (const id of [one, other]) {
      const altered = differingAt(id, other, client, fields).map((field) => alteredField(field, id === one));
      views.set(id, { ...points(id), arrived: client === null ? null : true, altered, incomparable });
    }
  }
  return views;
}

/** What one view shows otherwise: what arrived there changed. Where nothing tells which point is nearer to whom, the later view speaks of all. */
function differingAt(id: number, later: number, client: number | null, fields: readonly FieldDifference[]): readonly FieldDifference[] {
  if (client === null) return id === later ? fields : [];
  return fields.filter((field) => arrivedAt(field) === (id === client ? "client" : "server"));
}

function arrivedAt({ direction }: FieldDifference): "client" | "server" {
  return direction === "client->server" ? "server" : "client";
}

function alteredField({ message, field, a, b, frameA, frameB }: FieldDifference, isA: boolean): AlteredField {
  const response = message.endsWith("response");
  return isA
    ? { field, response, frame: frameA, value: a, otherFrame: frameB, otherValue: b }
    : { field, response, frame: frameB, value: b, otherFrame: frameA, otherValue: a };
}

/** Why nothing can be said of NEGOTIATE although no difference is seen; null where it is compared, or different anyway. */
function incomparableReason({ notComparable, onlyInA, onlyInB, differences }: ConnectionPair): OtherView["incomparable"] {
  if (differences.some(({ message }) => message.startsWith(NEGOTIATE))) return null;
  if (notComparable.some(({ message }) => message.startsWith(NEGOTIATE))) return "message-truncated";
  return [...onlyInA, ...onlyInB].some(({ what }) => what.startsWith(NEGOTIATE)) ? "negotiate-missing" : null;
}
