// Compares which request an answer answers, and after what time, with tshark's smb2.response_to and smb2.time, over the captures beside this
// project. Per frame: the answers of all messages that it completes. What differs by design is explained in README.md.
// Usage: node test/differential/exchanges.mjs [FOLDER...] [--only TEXT]
import { spawnSync } from "node:child_process";
import path from "node:path";
import { captureFiles, loadOurs } from "./sharedCaptures.mjs";

const { answersByFrame } = await loadOurs("exchangesByFrame.ts");

const sums = { equal: 0, different: 0, onlyOurs: 0, onlyTheirs: 0 };
let captures = 0;
for (const file of captureFiles()) {
  const theirs = tsharkAnswers(file);
  if (theirs.size === 0) continue;
  captures++;
  const ours = await answersByFrame(file);
  for (const frame of new Set([...ours.keys(), ...theirs.keys()])) compare(file, frame, ours.get(frame) ?? [], theirs.get(frame) ?? []);
}
console.log(`${captures} captures: ${JSON.stringify(sums)}`);
process.exitCode = sums.different === 0 && sums.equal > 0 ? 0 : 1;

/** Frame -> `request frame, microseconds` of each answer, for the frames in which tshark knows the request. */
function tsharkAnswers(file) {
  const fields = ["frame.number", "smb2.response_to", "smb2.time"].flatMap((name) => ["-e", name]);
  // Its exit code is 2 for a file that is cut short; what it printed counts all the same.
  const { stdout, error } = spawnSync("tshark", ["-r", file, "-Y", "smb2.response_to", "-T", "fields", ...fields], {
    encoding: "utf8",
    maxBuffer: 1 << 30,
    stdio: ["ignore", "pipe", "ignore"],
  });
  if (error) throw error;
  const frames = new Map();
  for (const line of stdout.split("\n").filter((row) => row !== "")) {
    const [frame, requests, times] = line.split("\t");
    const seconds = times.split(",");
    const answers = requests
      .split(",")
      .map((request, index) => ({ request: Number(request), time: Math.round(Number(seconds[index]) * 1e6) }));
    frames.set(Number(frame), answers);
  }
  return frames;
}

function compare(file, frame, ours, theirs) {
  const form = (answers) =>
    answers
      .map(({ request, time }) => `${request}+${time}`)
      .sort()
      .join(" ");
  const [own, other] = [form(ours), form(theirs)];
  const sum = own === other ? "equal" : own === "" ? "onlyTheirs" : other === "" ? "onlyOurs" : "different";
  sums[sum]++;
  if (sum !== "equal") console.log(`${path.basename(file)} [${frame}] ${sum}: ours ${own || "-"} theirs ${other || "-"}`);
}
