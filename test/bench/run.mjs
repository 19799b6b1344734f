// npm run bench [-- FILE...]: whole processes in alternating turns, ratios to a process that only reads the same file.
// Without files it makes the three benchmark captures with the generator of the shared folder, where that is there.
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, statSync } from "node:fs";
import os from "node:os";
import path from "node:path";

const ROOT = path.resolve(import.meta.dirname, "../..");
const GENERATOR = path.resolve(ROOT, "../shared/perf/gen/gen.mjs");
const CLI = path.join(ROOT, "dist/cli.js");
const TURNS = Number(process.env.BENCH_TURNS ?? 5);
const folder = process.env.BENCH_FOLDER ?? path.join(os.tmpdir(), "smb-lens-bench");
const memoryFile = path.join(folder, `memory-${process.pid}`);

/** The captures of the design's targets: bulk transfer, short connections, SMB among other traffic. Limits: time to bare reading. */
const INPUTS = [
  { name: "A", options: ["--profile", "bulk", "--size", "1000M", "--flows", "8", "--seed", "1"], limit: 3, messages: 4598, connections: 8 },
  { name: "B", options: ["--profile", "conns", "--conns", "75000", "--seed", "2"], limit: 8, messages: 1_192_343, connections: 75_000 },
  {
    name: "C",
    options: ["--profile", "mixed", "--size", "1000M", "--mix", "0.01", "--seed", "3"],
    limit: 3,
    messages: 496,
    connections: 30,
  },
];

const reportMemory = ["--import", path.join(import.meta.dirname, "reportMemory.mjs")];
const peers = [
  { name: "bare read", command: (file) => [process.execPath, ...reportMemory, path.join(import.meta.dirname, "bareRead.mjs"), file] },
  { name: "smb-lens", command: (file) => [process.execPath, ...reportMemory, CLI, "analyze", file] },
  {
    name: "tshark",
    needs: "tshark",
    turns: 1,
    command: (file) => [
      "tshark",
      "-r",
      file,
      "-Y",
      "smb2",
      "-T",
      "fields",
      "-e",
      "frame.number",
      "-e",
      "smb2.cmd",
      "-e",
      "smb2.msg_id",
      "-e",
      "smb2.flags.response",
      "-e",
      "smb2.nt_status",
      "-e",
      "smb2.sesid",
      "-e",
      "smb2.tid",
    ],
  },
  { name: "tcpdump", needs: "tcpdump", turns: 1, command: (file) => ["tcpdump", "-r", file, "-w", "/dev/null", "tcp", "port", "445"] },
  { name: "capinfos", needs: "capinfos", turns: 1, command: (file) => ["capinfos", "-c", file] },
];

mkdirSync(folder, { recursive: true });
const files = process.argv.slice(2).map((file) => ({ name: path.basename(file), file }));
const inputs = files.length > 0 ? files : generated();
for (const input of inputs) measure(input);
rmSync(memoryFile, { force: true });

function generated() {
  if (!existsSync(GENERATOR)) {
    console.error("There is no generator beside this checkout. Name the captures to measure: npm run bench -- FILE...");
    process.exit(64);
  }
  return INPUTS.map((input) => {
    const file = path.join(folder, `${input.name}.pcap`);
    if (!existsSync(file)) execFileSync(process.execPath, [GENERATOR, ...input.options, "--out", file], { stdio: "inherit" });
    return { ...input, file };
  });
}

function measure(input) {
  const here = peers.filter((peer) => peer.needs === undefined || spawnSync("which", [peer.needs]).status === 0);
  const samples = new Map(here.map((peer) => [peer.name, { seconds: [], memory: 0 }]));
  for (const peer of here.slice(0, 2)) run(peer, input.file);
  for (let turn = 0; turn < TURNS; turn++) {
    for (const peer of here) {
      if (turn >= (peer.turns ?? TURNS)) continue;
      const { seconds, memory } = run(peer, input.file);
      const sample = samples.get(peer.name);
      sample.seconds.push(seconds);
      sample.memory = Math.max(sample.memory, memory);
    }
  }
  print(input, samples);
}

function run(peer, file) {
  rmSync(memoryFile, { force: true });
  const [program, ...rest] = peer.command(file);
  const began = process.hrtime.bigint();
  const child = spawnSync(program, rest, {
    stdio: ["ignore", "ignore", "pipe"],
    env: { ...process.env, BENCH_MEMORY: memoryFile },
    maxBuffer: 1 << 28,
  });
  const seconds = Number(process.hrtime.bigint() - began) / 1e9;
  if (child.error || (child.status !== 0 && child.status !== 1))
    throw new Error(`${peer.name} ended with ${child.status}: ${child.error ?? child.stderr}`);
  return { seconds, memory: existsSync(memoryFile) ? Number(readFileSync(memoryFile, "utf8")) : 0 };
}

function print(input, samples) {
  const size = statSync(input.file).size;
  console.log(`\n${input.name}: ${(size / 1e6).toFixed(0)} MB`);
  const read = samples.get("bare read").seconds;
  const row = (cells) => console.log(cells.map((cell, i) => (i === 0 ? cell.padEnd(10) : cell.padStart(12))).join(""));
  row(["", "median s", "min", "max", "to read", "min", "max", "peak MiB"]);
  for (const [name, { seconds, memory }] of samples) {
    const ratios = seconds.map((value, turn) => value / (read[turn] ?? read[0]));
    row([
      name,
      ...spread(seconds).map((value) => value.toFixed(3)),
      ...spread(ratios).map((value) => value.toFixed(2)),
      memory === 0 ? "-" : memory.toFixed(0),
    ]);
  }
  if (input.limit === undefined) return;
  const own = samples.get("smb-lens");
  const [ratio] = spread(own.seconds.map((value, turn) => value / read[turn]));
  const memoryLimit = 64 + (48 * input.messages + 256 * input.connections) / 1_048_576;
  console.log(
    `limits: ${input.limit} times reading: ${ratio <= input.limit ? "met" : "MISSED"}; ${memoryLimit.toFixed(0)} MiB: ${own.memory <= memoryLimit ? "met" : "MISSED"}`,
  );
}

function spread(values) {
  const sorted = [...values].sort((one, other) => one - other);
  return [sorted[Math.floor(sorted.length / 2)], sorted[0], sorted.at(-1)];
}
