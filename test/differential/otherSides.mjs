// Compares the two sides of every laboratory session that has both with what its middlebox really did, in both orders of the two files,
// and prints the score. README.md says what counts.
// Usage: node test/differential/otherSides.mjs [--only TEXT] [--verbose]
import { readFileSync } from "node:fs";
import path from "node:path";
import { loadOurs } from "./sharedCaptures.mjs";

const LAB = path.resolve(import.meta.dirname, "../../../shared/captures/lab");
const args = process.argv.slice(2);
const verbose = args.includes("--verbose");
const only = args.includes("--only") ? args[args.indexOf("--only") + 1] : "";

const MESSAGES = {
  neg_req: "NEGOTIATE request",
  neg_resp: "NEGOTIATE response",
  ss_req: "SESSION_SETUP request",
  ss_resp: "SESSION_SETUP response",
  vni_req: "FSCTL_VALIDATE_NEGOTIATE_INFO request",
  vni_resp: "FSCTL_VALIDATE_NEGOTIATE_INFO response",
};
/** The manifest's name of a field -> what it is on the wire, in a request and in a response. */
const FIELDS = {
  capabilities: [/^Capabilities$/, /^Capabilities$/],
  guid: [/^(Client)?Guid$/, /^(Server)?Guid$/],
  securityMode: [/^SecurityMode$/, /^SecurityMode$/],
  dialects: [/^Dialects$/, /^Dialects$/],
  dialect: [/^$/, /^Dialect(Revision)?$/],
  maxTransact: [/^$/, /^MaxTransactSize$/],
  maxRead: [/^$/, /^MaxReadSize$/],
  maxWrite: [/^$/, /^MaxWriteSize$/],
};
/** What an operation changes where the manifest names no field. */
const OPERATIONS = {
  caps_clear: /^Capabilities$/,
  guid_flip: /Guid$/,
  dialect_remove: /^Dialects$/,
  unsign: /^Header\.Flags$/,
  corrupt_sig: /^Header\.Signature$/,
  error: /^Header\.Status$/,
  cipher_set: /^NegotiateContextList\[\d+\]\.Ciphers$/,
  ctx_flip: /^NegotiateContextList\[\d+\]\./,
  corrupt_byte: /./,
};
/** Operations whose fields the manifest always names. */
const FIELD_ACTS = new Set(["caps_set", "secmode_clear", "secmode_value", "dialect_set", "maxsize"]);
const SCORED = /^(tn|tp|tb|tu)_/;

const { compareSides } = await loadOurs("compareSides.ts");
const { captures } = JSON.parse(readFileSync(path.join(LAB, "manifest.json"), "utf8"));
const score = {
  tampered: 0,
  named: 0,
  alsoTampered: 0,
  alsoNamed: 0,
  untampered: 0,
  silent: 0,
  false: 0,
  withoutNegotiate: 0,
  side: 0,
  all: 0,
};

for (const [one, other] of sessions()) {
  for (const [a, b] of [
    [one, other],
    [other, one],
  ])
    judge(a, b, await compareSides(path.join(LAB, a.file), path.join(LAB, b.file)));
}
console.log(`tn_, tp_, tb_, tu_: ${score.named} of ${score.tampered} comparisons name every changed field and its direction`);
console.log(`others with a change: ${score.alsoNamed} of ${score.alsoTampered}`);
console.log(`untampered: ${score.silent} of ${score.untampered} show no change`);
console.log(`${score.false} changes shown that nobody made`);
console.log(`${score.withoutNegotiate} comparisons where a side holds no NEGOTIATE or no connection`);
console.log(`the captures themselves tell the client's side, and rightly, in ${score.side} of ${score.all}`);
process.exitCode = score.tampered > 0 && score.named === score.tampered && score.silent === score.untampered && score.false === 0 ? 0 : 1;

/** Every two captures of one session, once, the client's first; of a router only against an end. */
function sessions() {
  const byFile = new Map(captures.map((capture) => [capture.file, capture]));
  return captures
    .filter(({ side, file }) => side === "client" && file.includes(only))
    .flatMap((capture) => (capture.otherSides ?? []).map((file) => [capture, byFile.get(file)]))
    .filter(([, capture]) => capture !== undefined);
}

function judge(a, b, comparison) {
  const differences = comparison.pairs.flatMap((pair) => pair.differences);
  const changed = comparison.pairs.flatMap((pair) => pair.changedMessages);
  const acts = (a.tampering ?? []).filter(({ operation }) => operation in OPERATIONS || FIELD_ACTS.has(operation));
  const falseOnes = [...differences, ...changed].filter(({ message, direction }) => !acts.some((act) => isOf(act, message, direction)));
  score.false += falseOnes.length;
  if (comparison.clientSide.by === "response-times") score.side += comparison.clientSide.side === (a.side === "client" ? "a" : "b") ? 1 : 0;
  score.all++;
  for (const { message, field } of falseOnes) tell(a, b, `FALSE ${message} ${field ?? ""}`);
  if (acts.length === 0) {
    score.untampered++;
    if (differences.length + changed.length === 0) score.silent++;
    return;
  }
  if (!haveNegotiate(a, b) || comparison.pairs.length === 0) {
    score.withoutNegotiate++;
    tell(a, b, "no NEGOTIATE in common");
    return;
  }
  const missing = acts.filter((act) => !isNamed(act, differences));
  const kind = SCORED.test(a.file) ? ["tampered", "named"] : ["alsoTampered", "alsoNamed"];
  score[kind[0]]++;
  if (missing.length === 0) score[kind[1]]++;
  for (const { message, operation } of missing) tell(a, b, `NOT NAMED ${message} ${operation}`);
}

function isOf({ message, direction }, name, way) {
  return MESSAGES[message] === name && direction === way;
}

/** Every field that the act changed is named, with its message and direction. */
function isNamed(act, differences) {
  const found = differences.filter(({ message, direction }) => isOf(act, message, direction));
  const fields = Object.keys(act.changedFields ?? {});
  const index = act.message.endsWith("_req") ? 0 : 1;
  const wanted = fields.length > 0 ? fields.map((field) => FIELDS[field][index]) : [OPERATIONS[act.operation]];
  return wanted.every((pattern) => found.some(({ field }) => pattern.test(field)));
}

function haveNegotiate(...sides) {
  return sides.every(({ connections }) => connections.some(({ neg }) => (neg ?? []).length > 0));
}

function tell(a, b, text) {
  if (verbose || !text.startsWith("no ")) console.log(`${a.file} / ${b.file}: ${text}`);
}
