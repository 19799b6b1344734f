// Compares the fields of fields.json with tshark's, over every SMB message of the captures beside this project. Per frame, because that is
// how tshark prints: the values of all messages that the frame completes, in order. What differs by design is explained in README.md and
// named in fieldForms.mjs. Usage: node test/differential/fields.mjs [FOLDER...] [--only TEXT] [--verbose FIELD]
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { isCompared, isExplained, ourForms, theirForms } from "./fieldForms.mjs";
import { captureFiles, loadOurs, option } from "./sharedCaptures.mjs";

const verbose = option("--verbose");
const names = JSON.parse(readFileSync(path.join(import.meta.dirname, "fields.json"), "utf8"));
const { fieldsByFrame } = await loadOurs("describeAll.ts");

const counts = new Map(names.map((name) => [name, { equal: 0, different: 0, explained: 0, notShown: 0 }]));
let captures = 0;
let messages = 0;
for (const file of captureFiles()) {
  const theirs = tsharkFields(file);
  if (theirs.size === 0) continue;
  captures++;
  const ours = await fieldsByFrame(file);
  for (const [frame, fields] of ours) {
    const shown = theirs.get(frame);
    if (shown === undefined) continue;
    messages++;
    for (const name of names) compare(file, frame, name, fields, shown);
  }
}
report();

/** Frame -> field -> values, for the frames in which tshark shows SMB. */
function tsharkFields(file) {
  const fields = names.flatMap((name) => ["-e", name]);
  // Its exit code is 2 for a file that is cut short; what it printed counts all the same.
  const { stdout: text, error } = spawnSync(
    "tshark",
    ["-r", file, "-Y", "smb2 || smb", "-T", "fields", "-E", "occurrence=a", "-E", "aggregator=\x1f", "-e", "frame.number", ...fields],
    { encoding: "utf8", maxBuffer: 1 << 30, stdio: ["ignore", "pipe", "ignore"], env: { ...process.env, TZ: "UTC" } },
  );
  if (error) throw error;
  const frames = new Map();
  for (const line of text.split("\n").filter((row) => row !== "")) {
    const [frame, ...values] = line.split("\t");
    frames.set(Number(frame), Object.fromEntries(values.map((value, index) => [names[index], value === "" ? [] : value.split("\x1f")])));
  }
  return frames;
}

function compare(file, frame, name, fields, shown) {
  if (!isCompared(name, shown)) return;
  const count = counts.get(name);
  const ours = ourForms(name, fields[name] ?? []);
  const theirs = theirForms(name, shown[name] ?? []);
  if (ours.length === 0 && theirs.length === 0) return;
  if (theirs.length === 0) count.notShown++;
  else if (ours.join("\n") === theirs.join("\n")) count.equal++;
  else if (isExplained(name, ours, theirs, fields, shown)) count.explained++;
  else {
    count.different++;
    if (verbose === name || verbose === "all")
      console.log(`${path.basename(file)} [${frame}] ${name}: ours ${ours.join()} theirs ${theirs.join()}`);
  }
}

function report() {
  console.log(
    "field".padEnd(46),
    "equal".padStart(8),
    "different".padStart(10),
    "explained".padStart(10),
    "not shown by tshark".padStart(20),
  );
  for (const [name, { equal, different, explained, notShown }] of counts) {
    console.log(
      name.padEnd(46),
      String(equal).padStart(8),
      String(different).padStart(10),
      String(explained).padStart(10),
      String(notShown).padStart(20),
    );
  }
  const list = [...counts.values()];
  const compared = list.filter(({ equal, different, explained }) => equal + different + explained > 0).length;
  const different = list.reduce((sum, count) => sum + count.different, 0);
  const equal = list.reduce((sum, count) => sum + count.equal, 0);
  console.log(
    `${captures} captures, ${messages} frames with messages, ${compared} fields compared: ${equal} equal, ${different} different`,
  );
  process.exitCode = different === 0 && compared >= 60 ? 0 : 1;
}
