// npm run bench [-- ROW...] [-- FILE...]: see README.md.
import { spawnSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import path from "node:path";
import { CLI, input, startedProgram } from "./inputs.mjs";
import { alternate, peakMemory, spread } from "./measure.mjs";

const TURNS = Number(process.env.BENCH_TURNS ?? 5);
/** Of the slow peers: minutes a turn. */
const PEER_TURNS = Math.min(TURNS, Number(process.env.BENCH_PEER_TURNS ?? 1));
const FIELDS = ["frame.number", "smb2.cmd", "smb2.msg_id", "smb2.flags.response", "smb2.nt_status", "smb2.sesid", "smb2.tid"];

const node = (script, ...rest) => [process.execPath, path.join(import.meta.dirname, script), ...rest];
const ours = (file) => ({ name: "smb-lens", command: [process.execPath, CLI, "analyze", file] });
const bareRead = (file) => ({ name: "bare read", command: node("bareRead.mjs", file) });

/** Names of the peers that take part; all that are installed unless given, none where it is empty. */
const WANTED = process.env.BENCH_PEERS?.split(",");

/** Programs that are there on many machines, and the table that they are compared by. */
const PEERS = [
  {
    name: "tshark fields",
    needs: "tshark",
    turns: PEER_TURNS,
    command: (file) => ["tshark", "-r", file, "-Y", "smb2", "-T", "fields", ...FIELDS.flatMap((field) => ["-e", field])],
  },
  { name: "tshark srt", needs: "tshark", turns: PEER_TURNS, command: (file) => ["tshark", "-r", file, "-q", "-z", "smb2,srt"] },
  { name: "tcpdump", needs: "tcpdump", command: (file) => ["tcpdump", "-r", file, "-w", "/dev/null", "tcp", "port", "445"] },
  { name: "capinfos", needs: "capinfos", command: (file) => ["capinfos", "-c", file] },
];

/** At most this many times as long as each peer. */
const ROWS = {
  A: { limits: { "bare read": 1.6, "tshark fields": 1 / 50 }, peers: true },
  B: { limits: { "bare read": 4, "tshark fields": 1 / 70 }, peers: true },
  C: { limits: { "bare read": 1.5, "tshark fields": 1 / 60 }, peers: true },
  "A.ng": { limits: { "bare read": 1.6 } },
  "B.ng": { limits: { "bare read": 4 } },
  "A.gz": { limits: { zlib: 1.25 } },
  "B.gz": { limits: { zlib: 3 } },
  "A.zst": { limits: {}, extraMemory: 32 },
  "B.zst": { limits: {}, extraMemory: 32 },
  D: { limits: { "bare read": 1.6 }, memoryAs: "A" },
  E: { limits: { "bare read": 4 } },
};

const asked = process.argv.slice(2);
const rows = asked.length > 0 ? asked : [...Object.keys(ROWS), "first"];
const missed = [];
for (const row of rows) {
  if (row === "first") await firstFinding();
  else if (row in ROWS) await measureRow(row, ROWS[row]);
  else if (existsSync(row)) report(path.basename(row), row, contestants(row, true), {});
  else stop(`There is no row and no file ${row}. Rows: ${[...Object.keys(ROWS), "first"].join(" ")}`);
}
console.log(missed.length === 0 ? "\nAll limits are met." : `\nMISSED: ${missed.join("; ")}`);

async function measureRow(row, { limits, peers = false, memoryAs, extraMemory = 0 }) {
  const made = await input(row);
  if (made === null) return console.log(`\n${row}: the tool that compresses it is not installed.`);
  report(row, made.file, contestants(made.file, peers), limits);
  const peak = peakMemory(ours(made.file).command);
  const { messages, connections } = made.truth;
  check(`${row} peak memory, MiB`, peak, 64 + extraMemory + (48 * messages + 256 * connections) / 2 ** 20, 0);
  if (memoryAs === undefined) return;
  const other = peakMemory(ours((await input(memoryAs)).file).command);
  check(`${row} peak memory above that of ${memoryAs}, MiB`, peak - other, 8, 1);
}

function contestants(file, withPeers) {
  const floor = file.endsWith(".gz") ? { name: "zlib", command: node("bareGunzip.mjs", file) } : bareRead(file);
  const unpacker = file.endsWith(".zst") ? [{ name: "zstd -dc", command: ["zstd", "-dc", file] }] : [];
  const peers = withPeers ? PEERS.filter(takesPart) : [];
  return [floor, ours(file), ...unpacker, ...peers.map((peer) => ({ ...peer, command: peer.command(file) }))];
}

function takesPart({ name, needs }) {
  return (WANTED?.includes(name) ?? true) && spawnSync("which", [needs]).status === 0;
}

/** Time to the first finding, which is in the first MiB, of a small and a large file. */
async function firstFinding() {
  const program = await startedProgram("firstFinding", "test/captures/tn_302_resp_caps_clear_dfs.client/capture.pcap");
  for (const name of ["A", "D"]) {
    const { file } = await input(name);
    const empty = { name: "node -e 0", command: [process.execPath, "-e", "0"] };
    report(`first finding, ${name}`, file, [empty, { name: "smb-lens", command: [process.execPath, program, file] }], { "node -e 0": 1.5 });
  }
}

/** One line a contestant: its time, and how many times as long we take, by pairs of turns. */
function report(title, file, all, limits) {
  const seconds = alternate(all, TURNS);
  const own = seconds.get("smb-lens");
  console.log(`\n${title}: ${(statSync(file).size / 1e6).toFixed(0)} MB`);
  line("", "median s", "min", "max", "ours/this", "min", "max", "limit");
  for (const [name, values] of seconds) {
    const ratios = values.map((value, turn) => own[turn] / value);
    const limit = limits[name];
    const shown = name === "smb-lens" ? ["", "", ""] : spread(ratios).map(ratioText);
    line(name, ...spread(values).map((value) => value.toFixed(3)), ...shown, limit === undefined ? "" : ratioText(limit));
    if (limit !== undefined && spread(ratios)[0] > limit) missed.push(`${title}: ${ratioText(spread(ratios)[0])} of ${name}`);
  }
}

function check(what, value, limit, digits) {
  const met = value <= limit;
  console.log(`${what}: ${value.toFixed(digits)}, limit ${limit.toFixed(0)}: ${met ? "met" : "MISSED"}`);
  if (!met) missed.push(what);
}

/** `1.42`; below a tenth `1/76`. */
function ratioText(ratio) {
  return ratio < 0.1 ? `1/${(1 / ratio).toFixed(0)}` : ratio.toFixed(2);
}

function line(name, ...cells) {
  console.log(name.padEnd(14) + cells.map((cell) => cell.padStart(11)).join(""));
}

function stop(message) {
  console.error(message);
  process.exit(64);
}
