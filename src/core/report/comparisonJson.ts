import type { CaptureComparison, ConnectionPair, FieldDifference } from "../compare/captureComparison.ts";
import { formatEndpoint } from "../net/endpoint.ts";
import { jsonText } from "./jsonText.ts";
import { TOOL } from "./tool.ts";

/** Version of the JSON report's shape. */
const SCHEMA = 1;
const SECOND = 1e9;

/** Names of the two captures, as the reader knows them. */
export interface ComparedNames {
  readonly a: string;
  readonly b: string;
}

/** The JSON report of a comparison. Times are seconds; `clockOffset` is how far B's clock is ahead of A's. */
export function comparisonJson(comparison: CaptureComparison, names: ComparedNames): string {
  const { pairs, unpairedA, unpairedB, clockOffset, clientSide, omitted } = comparison;
  const lines = pairs.map((pair) => jsonText(pairValue(pair)));
  const rest = {
    clientSide,
    clockOffset: clockOffset === null ? null : clockValue(clockOffset),
    unpaired: { a: unpairedA, b: unpairedB },
    omitted,
  };
  const head = { tool: { name: TOOL.name, version: TOOL.version }, schema: SCHEMA, captures: names };
  const list = lines.length === 0 ? "[]" : `[\n${lines.join(",\n")}]`;
  return `${jsonText(head).slice(0, -1)},\n"pairs":${list},\n${jsonText(rest).slice(1)}\n`;
}

function pairValue({ a, b, endpointsA, endpointsB, differences, ...pair }: ConnectionPair) {
  return {
    a,
    b,
    clientA: formatEndpoint(endpointsA.client),
    serverA: formatEndpoint(endpointsA.server),
    clientB: formatEndpoint(endpointsB.client),
    serverB: formatEndpoint(endpointsB.server),
    matchedBy: pair.matchedBy,
    commonMessages: pair.commonMessages,
    differences: differences.map(differenceValue),
    changedMessages: pair.changedMessages,
    notComparable: pair.notComparable,
    onlyInA: pair.onlyInA,
    onlyInB: pair.onlyInB,
  };
}

function differenceValue({ message, field, a, b, frameA, frameB, direction, labelA, labelB }: FieldDifference) {
  return {
    message,
    field,
    a,
    b,
    frameA,
    frameB,
    direction,
    ...(labelA !== undefined && { labelA }),
    ...(labelB !== undefined && { labelB }),
  };
}

function clockValue({ nanoseconds, uncertainty, messages }: NonNullable<CaptureComparison["clockOffset"]>) {
  return { seconds: nanoseconds / SECOND, uncertainty: uncertainty === null ? null : uncertainty / SECOND, messages };
}
