// Loaded before a measured program: writes its peak memory in MiB to the file that the runner names.
import { writeFileSync } from "node:fs";

process.on("exit", () => {
  const file = process.env.BENCH_MEMORY;
  if (file !== undefined) writeFileSync(file, String(process.resourceUsage().maxRSS / 1024));
});
