// Holds public-findings.md to what the rules find: every finding of severity error on the public captures beside this project stands in it,
// with frame, field and value, and everything that stands in it is still found. What is new is to be looked at with tshark before it is
// written down: a wrong accusation is our worst bug.
// Usage: node test/differential/publicFindings.mjs (--list prints the lines that are missing, their reasons left to write)
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { loadOurs } from "./sharedCaptures.mjs";

const PUBLIC = path.resolve(import.meta.dirname, "../../../shared/captures/public");
const DOCUMENT = path.join(import.meta.dirname, "public-findings.md");

if (!existsSync(PUBLIC)) {
  console.log("../shared/captures/public is not there: nothing was compared.");
  process.exit(0);
}

const { errorFindings } = await loadOurs("errorFindings.ts");
const found = new Map();
const unread = [];
for (const name of readdirSync(PUBLIC).toSorted()) {
  if (!/\.(pcap|pcapng|cap|ntar|etl|gz)$/.test(name)) continue;
  try {
    for (const finding of await errorFindings(path.join(PUBLIC, name))) found.set(keyOf(name, finding), { name, ...finding });
  } catch (error) {
    unread.push(`${name}: ${error.message}`);
  }
}
const written = documented();

const missing = [...found.keys()].filter((key) => !written.has(key));
const stale = [...written.keys()].filter((key) => !found.has(key));
const unexplained = [...written].filter(([, reason]) => reason === "").map(([key]) => key);
if (process.argv.includes("--list")) for (const key of missing) console.log(`${key} | | |`);
else for (const key of missing) console.log(`not in public-findings.md: ${key}`);
for (const key of stale) console.log(`no longer found: ${key}`);
for (const key of unexplained) console.log(`without a reason: ${key}`);
for (const text of unread) console.log(`not read: ${text}`);
const wrong = missing.length + stale.length + unexplained.length;
console.log(`${found.size} findings of severity error, ${wrong} not as public-findings.md has them`);
process.exit(wrong === 0 ? 0 : 1);

/** The first five cells of a line of the document. */
function keyOf(name, { rule, frame, field, value }) {
  return `| ${name} | ${rule} | ${frame} | ${field ?? "-"} | ${value ?? "-"}`;
}

/** First cells of a line -> the reason in its last one. */
function documented() {
  const lines = new Map();
  for (const line of readFileSync(DOCUMENT, "utf8").split("\n")) {
    const cells = line.split("|").map((cell) => cell.trim());
    const [, name, rule, frame, field, value, , reason] = cells;
    if (cells.length !== 9 || !/^\d+$/.test(frame)) continue;
    lines.set(keyOf(name, { rule, frame, field, value }), reason);
  }
  return lines;
}
