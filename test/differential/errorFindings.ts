/*
 * Every finding of severity error in a capture, as public-findings.md lists them. Bundled and imported by publicFindings.mjs.
 */
import { readFileSync } from "node:fs";
import { analyse, memorySource } from "../../src/core/index.ts";

/** What a finding stands on: one message or value of the capture. */
export interface ErrorFinding {
  readonly rule: string;
  readonly frame: number;
  readonly field: string | null;
  readonly value: string | null;
}

/** One entry an observed piece of evidence, in the order of the findings. */
export async function errorFindings(path: string): Promise<readonly ErrorFinding[]> {
  const { findings } = await analyse(memorySource(readFileSync(path)), { findingsPerIncident: Number.POSITIVE_INFINITY });
  return findings
    .filter(({ severity }) => severity === "error")
    .flatMap(({ rule, evidence }) =>
      evidence.filter(({ role }) => role === "observed").map(({ frame, field = null, value = null }) => ({ rule, frame, field, value })),
    );
}
