// Loaded before a program whose memory is measured: writes its peak in MiB to the file that the runner names.
const { writeFileSync } = require("node:fs");

process.on("exit", () => {
  const file = process.env.BENCH_MEMORY;
  if (file !== undefined) writeFileSync(file, String(process.resourceUsage().maxRSS / 1024));
});
