import { analyse } from "../../src/core/index.ts";
import { openFile } from "../../src/host/fileByteSource.node.ts";

/* Ends with the first finding in a capture, as the editor shows it while the rest is read. */

analyse(openFile(process.argv[2] ?? ""), {
  onProgress: ({ findings }) => {
    if (findings.length > 0) process.exit(0);
  },
}).then(() => process.exit(3));
