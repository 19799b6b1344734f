import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { analyse } from "../../src/core/analyse.ts";
import { memorySource } from "../../src/core/bytes/byteSource.ts";
import type { ConnectionFacts } from "../../src/core/model/connectionFacts.ts";
import { RULES } from "../../src/core/rules/list.ts";
import { analyseBytes } from "../support/analyseBytes.ts";
import { captureOf, caseNames, putTogether, takeApart } from "../support/capturesOnDisk.ts";

/*
 * Less capture never gives more certainty: a capture that ends at any frame of a longer one has no `fails` of any rule, of any severity, that
 * the longer one has not. What the whole explains by another rule counts as had: its effect is what is left to see before its cause is.
 * Over the committed cases, and a sample of the laboratory captures where they are beside this project: `CUT_SEED` chooses it, `CUT_ALL=1`
 * takes all of them.
 */
const LAB = path.resolve(import.meta.dirname, "../../../shared/captures/lab");
const { CUT_ALL, CUT_SEED = "1" } = process.env;
const SAMPLE = 24;
/** Of a longer capture not every frame is an end. */
const MOST_ENDS = 160;
const ALL_FINDINGS = { findingsPerIncident: Number.POSITIVE_INFINITY };

type Ends = Pick<ConnectionFacts, "client" | "server">;

const nameOf = (rule: string, { client, server }: Ends) => `${rule} on ${client.address} ${client.port} ${server.address} ${server.port}`;

/** What any rule holds against any connection, explained by another or not. */
async function failsOf(capture: Uint8Array): Promise<ReadonlySet<string>> {
  const { details } = await analyseBytes(capture);
  const failing = details.flatMap(({ facts }) =>
    RULES.filter((rule) => rule.check(facts)?.verdict === "fails").map(({ id }) => nameOf(id, facts)),
  );
  return new Set(failing);
}

/** The findings of a capture that are not among `known`. */
async function newIn(capture: Uint8Array, known: ReadonlySet<string>): Promise<readonly string[]> {
  const { connections, findings } = await analyse(memorySource(capture), ALL_FINDINGS);
  return findings.map(({ rule, connection }) => nameOf(rule, connections.get(connection - 1))).filter((name) => !known.has(name));
}

/** Every end that adds something, with what it adds. */
async function additionsOf(capture: Uint8Array): Promise<readonly string[]> {
  const { frames, linkTypes } = await takeApart(capture);
  const known = await failsOf(putTogether(frames, linkTypes));
  const step = Math.ceil(frames.length / MOST_ENDS);
  const added: string[] = [];
  for (let end = 1; end < frames.length; end += step) {
    for (const name of await newIn(putTogether(frames.slice(0, end), linkTypes), known)) added.push(`up to frame ${end}: ${name}`);
  }
  return added;
}

describe("ending at any frame adds no verdict", () => {
  test.each(caseNames)("%s", async (name) => {
    expect(await additionsOf(captureOf(name))).toEqual([]);
  });

  test.each(labCaptures())("%s of the laboratory", async (name) => {
    expect(await additionsOf(new Uint8Array(readFileSync(path.join(LAB, name))))).toEqual([]);
  });
});

/** A part of the laboratory captures that the seed chooses; none where they are not there. */
function labCaptures(): readonly string[] {
  const names = readable(LAB);
  if (CUT_ALL === "1") return names;
  const rank = new Map(names.map((name) => [name, mix(`${CUT_SEED} ${name}`)]));
  return names.toSorted((one, other) => (rank.get(one) ?? 0) - (rank.get(other) ?? 0)).slice(0, SAMPLE);
}

function readable(folder: string): readonly string[] {
  try {
    return readdirSync(folder).filter((name) => /\.pcap(ng)?$/.test(name));
  } catch {
    return [];
  }
}

function mix(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return (hash ^ (hash >>> 15)) >>> 0;
}
