import {
  type AnalysedCapture,
  analyse,
  type ByteSource,
  type CaptureComparison,
  compareCaptures,
  comparisonText,
  issueSentence,
  type Language,
} from "../core/index.ts";
import type { WorkerRequests } from "../protocol/worker.ts";

type Answer = WorkerRequests["compare"]["answer"];

/** The capture that is open, and how it is called and read. */
export interface ComparedSubject extends AnalysedCapture {
  readonly name: string;
  readonly ports: readonly number[];
  readonly language: Language;
}

/** The second capture; what it holds open is given back. */
export interface OtherSource extends ByteSource {
  close?(): void | Promise<void>;
}

/**
 * Reads a second capture and compares the open one, as A, with it.
 * @throws Error whose message says to the user why the second file could not be read
 */
export async function compareWith(subject: ComparedSubject, other: OtherSource, name: string, pause: () => Promise<void>): Promise<Answer> {
  const { ports, language } = subject;
  try {
    const analysis = await analyse(other, { ports, pause, findingsPerIncident: 1 });
    const [issue] = analysis.capture.issues;
    if (analysis.capture.frames === 0 && issue !== undefined) throw new Error(issueSentence(issue, analysis.capture, language));
    const comparison = await compareCaptures(subject, { source: other, analysis }, { ports, pause });
    return { text: comparisonText(comparison, { a: subject.name, b: name }, language), ...connectionsOfFrames(comparison) };
  } finally {
    await other.close?.();
  }
}

/** Which connection each frame that the text names belongs to, in A and in B. */
function connectionsOfFrames({ pairs }: CaptureComparison): Pick<Answer, "framesA" | "framesB"> {
  const framesA: (readonly [number, number])[] = [];
  const framesB: (readonly [number, number])[] = [];
  for (const { a, b, differences, changedMessages, notComparable, onlyInA, onlyInB } of pairs) {
    for (const { frameA, frameB } of [...differences, ...changedMessages, ...notComparable]) {
      framesA.push([frameA, a]);
      framesB.push([frameB, b]);
    }
    for (const { frame } of onlyInA) framesA.push([frame, a]);
    for (const { frame } of onlyInB) framesB.push([frame, b]);
  }
  return { framesA, framesB };
}
