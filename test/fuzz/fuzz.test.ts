import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { analyse } from "../../src/core/analyse.ts";
import { memorySource } from "../../src/core/bytes/byteSource.ts";
import { readConnections } from "../../src/core/readConnections.ts";
import type { ReportSubject } from "../../src/core/report/reportSubject.ts";
import type { TextTrace } from "../../src/core/report/textTrace.ts";
import { toJson } from "../../src/core/report/toJson.ts";
import { toMarkdown } from "../../src/core/report/toMarkdown.ts";
import { toMessagesTsv } from "../../src/core/report/toMessagesTsv.ts";
import { toSarif } from "../../src/core/report/toSarif.ts";
import { toText } from "../../src/core/report/toText.ts";
import { toTextTrace } from "../../src/core/report/toTextTrace.ts";
import type { Analysis, ConnectionDetail } from "../../src/core/rules/analysis.ts";
import { MessageTable } from "../../src/core/smb2/messageTable.ts";
import type { Language } from "../../src/core/spec/language.ts";
import { corpus, hostileInput } from "../support/mutate.ts";

/*
 * Hostile captures through everything that reads one. FUZZ_INPUTS: how many; FUZZ_SEED: the first seed; FUZZ_REPORTS_EVERY: of every so
 * many-th the reports are made too. A failure names the seed: FUZZ_SEED=4711 FUZZ_INPUTS=1 FUZZ_REPORTS_EVERY=1 npx vitest run test/fuzz
 */
const { FUZZ_INPUTS = "20000", FUZZ_SEED = "0", FUZZ_REPORTS_EVERY = "4" } = process.env;
const INPUTS = Number(FUZZ_INPUTS);
const FIRST_SEED = Number(FUZZ_SEED);
const REPORTS_EVERY = Number(FUZZ_REPORTS_EVERY);

/** Inputs between two looks at the clock, and the processor time that they may take: a hundred times what they do take. */
const BATCH = 25;
const MOST_MILLISECONDS = 10_000;
/** What stays behind after all inputs, and what may be in use in between, in bytes. */
const MOST_LEFT = 60e6;
const MOST_IN_USE = 900e6;
/** An input has at most 16 KiB; its reports may repeat every message as fields, and every finding in words. */
const MOST_TEXT = 3_000_000;
const CONNECTIONS = 8;

setFlagsFromString("--expose-gc");
const collectGarbage: () => void = runInNewContext("gc");

async function readAll(bytes: Uint8Array, seed: number): Promise<void> {
  const source = memorySource(bytes);
  const messages = new MessageTable();
  const analysis = await analyse(source, { messages });
  // A fault of ours while reading is no exception to the caller: it would go unseen here.
  expect(analysis.capture.issues.filter(({ kind }) => kind === "internal-error" || kind === "read-failed")).toEqual([]);
  const ids = Array.from({ length: Math.min(analysis.connections.count, CONNECTIONS) }, (_, index) => index + 1);
  const details = await readConnections(source, analysis, ids);
  expect(details.length).toBe(ids.length);
  if (seed % REPORTS_EVERY === 0) makeReports(analysis, messages, details, seed / REPORTS_EVERY);
}

function makeReports(analysis: Analysis, messages: MessageTable, details: readonly ConnectionDetail[], number: number): void {
  const language: Language = number % 2 === 0 ? "en" : "ja";
  const subject = { name: "capture.pcap", language };
  // The trace of the whole capture, and that of one connection, which shows every field.
  const [first] = number % 3 === 0 ? details : [];
  const trace = first === undefined ? toTextTrace(analysis, details, { ...subject, connection: 0 }) : traceOf(analysis, first, subject);
  expect(trace.text.length).toBeLessThan(MOST_TEXT);
  JSON.parse(toJson(analysis, subject));
  if (number % 4 !== 0) return;
  JSON.parse(toSarif(analysis, subject));
  expect((toText(analysis, subject) + toMarkdown(analysis, subject)).length).toBeLessThan(MOST_TEXT);
  expect([...toMessagesTsv(messages, analysis.connections)].join("").length).toBeLessThan(MOST_TEXT);
}

function traceOf(analysis: Analysis, detail: ConnectionDetail, subject: ReportSubject): TextTrace {
  return toTextTrace(analysis, [detail], { ...subject, connection: detail.connection.id });
}

async function readNamed(seed: number, captures: readonly Uint8Array[]): Promise<void> {
  try {
    await readAll(hostileInput(seed, captures), seed);
  } catch (error) {
    throw new Error(`FUZZ_SEED=${seed}`, { cause: error });
  }
}

function inUse(): number {
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

test(`${INPUTS} hostile captures: no exception, no hang, bounded memory`, { timeout: 60_000 + INPUTS * 30 }, async () => {
  const captures = corpus();
  await readNamed(FIRST_SEED, captures);
  collectGarbage();
  const before = inUse();
  for (let first = FIRST_SEED; first < FIRST_SEED + INPUTS; first += BATCH) {
    const began = process.cpuUsage();
    for (let seed = first; seed < Math.min(first + BATCH, FIRST_SEED + INPUTS); seed++) await readNamed(seed, captures);
    const { user, system } = process.cpuUsage(began);
    expect((user + system) / 1000, `processor time of the ${BATCH} inputs from FUZZ_SEED=${first} on`).toBeLessThan(MOST_MILLISECONDS);
    expect(inUse() - before, `memory in use behind FUZZ_SEED=${first}`).toBeLessThan(MOST_IN_USE);
  }
  collectGarbage();
  expect(inUse() - before, "memory that stays behind").toBeLessThan(MOST_LEFT);
});
