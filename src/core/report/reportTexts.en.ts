import { formatCount } from "./quantities.ts";
import type { ReportTexts } from "./reportTexts.ts";

export const reportTextsEn: ReportTexts = {
  language: "en",
  comma: ", ",
  sentenceGap: " ",
  severity: { error: "ERROR", warning: "WARNING", information: "INFO" },
  certainty: { proved: "proved", suspected: "suspected", undetermined: "cannot be told" },
  outcome: { failed: "failed", warning: "warning", unknown: "cannot tell", healthy: "healthy", validated: "healthy, validated" },
  role: { observed: "observed", expected: "contradicts", effect: "what followed", context: "context" },
  labels: { what: "What", so: "So", todo: "Do", limit: "Open", see: "See", note: "Note" },
  headings: {
    capture: "Capture",
    findings: "Findings",
    connections: "Connections",
    checks: "Checks",
    evidence: "Evidence",
    story: "What happened",
    whatToDo: "What to do",
    specification: "Specification",
    rules: "Rules",
    remedies: "Remedies",
    message: "Message",
    frame: "Frame",
    field: "Field",
    value: "Value",
    meaning: "Meaning",
    undo: "To undo",
    check: "To check",
  },
  connectionColumns: ["No.", "Outcome", "Client → server", "Dialect", "Protection", "User", "Result"],
  frames: (count) => `${formatCount(count)} ${count === 1 ? "frame" : "frames"}`,
  verdict: (counts, hidesFailure = false) => {
    const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
    const parts = [
      [counts.failed, "failed"],
      [counts.warning, counts.warning === 1 ? "warning" : "warnings"],
      [counts.unknown, "cannot be told"],
      [counts.healthy + counts.validated, "healthy"],
    ] as const;
    const shown = parts.filter(([count]) => count > 0).map(([count, word]) => `${formatCount(count)} ${word}`);
    const head = counts.failed === 0 && !hidesFailure ? "No failed connection. " : "";
    return `${head}${formatCount(all)} ${all === 1 ? "connection" : "connections"}: ${shown.join(", ")}`;
  },
  noSmb: ({ tcpConnections, frames }, extent) => {
    if (extent === "unreadable") return "Whether there is SMB in this capture cannot be told: most of its frames cannot be read.";
    if (extent === "beginning")
      return `Only the first ${formatCount(frames)} ${frames === 1 ? "frame" : "frames"} could be read, and no SMB is in them. Whether there is some later cannot be told.`;
    return tcpConnections === 0
      ? "No SMB in this capture, and no TCP connection was opened in it."
      : `No SMB in this capture. ${formatCount(tcpConnections)} TCP ${tcpConnections === 1 ? "connection was" : "connections were"} opened in it, none with SMB on port 445 or 139.`;
  },
  notShown: (count, rules, settings) =>
    `${formatCount(count)} ${count === 1 ? "finding is" : "findings are"} not shown because of settings${settings === "" ? "" : ` (${settings})`}: ${rules.join(", ")}.`,
  connections: (count) => `${formatCount(count)} ${count === 1 ? "connection" : "connections"}`,
  connection: (id) => `Connection ${id}`,
  copyOf: (id) => `connection ${id} seen again on another interface`,
  signing: (by) =>
    by === "both"
      ? "signing: required by both"
      : by === "neither"
        ? "signing: not required"
        : by === "unknown"
          ? "signing: not known"
          : `signing: required by the ${by}`,
  products: (ends) => `looks like: ${ends}`,
  tcpCount: {
    retransmissions: (count) => `${formatCount(count)} ${count === 1 ? "retransmission" : "retransmissions"}`,
    keepAlives: (count) => `${formatCount(count)} ${count === 1 ? "keep-alive" : "keep-alives"}`,
    zeroWindows: (count) => `${formatCount(count)} ${count === 1 ? "closed window" : "closed windows"}`,
    urgent: (count) => `${formatCount(count)} urgent`,
  },
  ended: (by, how) => `ended by ${by}, ${how}`,
  notEnded: "no end in this capture",
  guest: "guest",
  anonymous: "anonymous",
  signed: "signed",
  signatureZero: "signature all zero",
  encrypted: "encrypted",
  compressed: "compressed",
  partlySigned: "partly signed",
  notSigned: "not signed",
  tcpEnd: (by, how) => `${by} ${how === "RST" ? "resets" : "ends"} the connection`,
  moreMessages: (count, kinds) => `${formatCount(count)} more ${count === 1 ? "message" : "messages"}: ${kinds}`,
  differsFrom: (frames) => `differs from ${frames.join(", ")}`,
  unusedDialects: "other unused dialects: allowed",
  cannotTell: (reason) => `cannot tell: ${reason}`,
  moreConnections: (count, healthy) =>
    `... and ${formatCount(count)} more ${healthy ? "healthy " : ""}${count === 1 ? "connection" : "connections"}`,
  moreFindings: (count) => `... and ${formatCount(count)} more ${count === 1 ? "finding" : "findings"}`,
  omittedMessages: (count) => `${formatCount(count)} later ${count === 1 ? "message is" : "messages are"} not shown here.`,
  linesOmitted: "This text ends here: it reached the length that an editor shows without delay.",
  setBit: "set",
  clearBit: "not set",
  bitIn: (frame, set) => (set ? `set in [${frame}]` : `not set in [${frame}]`),
  equalTo: (frame) => `Equal to [${frame}].`,
  otherThan: (frame, value) => `[${frame}] has ${value}.`,
  cut: "cut when captured",
  weakens: "Weakens security",
  commandsFor: (rule) => `Commands for each system: smb-lens rules ${rule}`,
  response: "response",
  request: "request",
  verdictWord: { holds: "holds", fails: "fails", undetermined: "cannot tell" },
  noteForNetwork: "For the network team",
  networkTask: (client, server, port) =>
    `Find the device between ${client} and ${server} that changes or cuts TCP port ${port} (WAN accelerator, SMB proxy, firewall with SMB inspection). Let this traffic bypass it, or use its mode for signed SMB. A capture next to the server shows the messages as they were sent.`,
  rulesHint: "smb-lens rules ID explains one rule, with the commands of its remedies.",
};
