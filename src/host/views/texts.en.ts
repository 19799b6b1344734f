import { enumeration, formatCount } from "../../core/index.ts";
import type { CapabilityKey, ComparisonTexts, HostTexts, Peer } from "./texts.ts";

const NUMBERS = ["none", "one", "two", "three", "four", "five", "six", "seven", "eight"];

function word(count: number): string {
  return NUMBERS[count] ?? String(count);
}

/** All eight, or those that both messages hold. */
function values(count: number): string {
  return count === 8 ? "eight values" : `the ${word(count)} values that can be compared`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function plural(one: boolean, singular: string, several: string): string {
  return one ? singular : several;
}

function leading(reason: string): string {
  return /^[A-Z][a-z ]/.test(reason) ? reason.charAt(0).toLowerCase() + reason.slice(1) : reason;
}

const other: Readonly<Record<Peer, Peer>> = { client: "server", server: "client" };

const capabilities: ComparisonTexts["capabilities"] = {
  DFS: {
    means: "Paths in a DFS namespace resolve",
    lost: {
      server: "The client asks for no referrals: paths in a DFS namespace do not resolve.",
      client: "The server takes the client for one without DFS.",
    },
  },
  LEASING: {
    means: "Clients may cache files",
    lost: { server: "The client caches less: more traffic and slower access.", client: "The server grants no leases: slower access." },
  },
  LARGE_MTU: {
    means: "Reads and writes above 64 KiB",
    lost: { server: "Reads and writes stay at 64 KiB: slower transfers.", client: "Reads and writes stay at 64 KiB: slower transfers." },
  },
  MULTI_CHANNEL: {
    means: "Several connections per session",
    lost: { server: "The client opens only one connection per session.", client: "The server offers only one connection per session." },
  },
  PERSISTENT_HANDLES: {
    means: "Open files survive a failover",
    lost: { server: "Open files do not survive a failover.", client: "Open files do not survive a failover." },
  },
  DIRECTORY_LEASING: {
    means: "Clients may cache directories",
    lost: { server: "The client does not cache directories.", client: "The server grants no leases on directories." },
  },
  ENCRYPTION: {
    means: "Encryption in SMB 3.0 and 3.0.2",
    lost: {
      server: "The client cannot encrypt: data would travel in clear text.",
      client: "The server takes the client for one that cannot encrypt.",
    },
  },
  NOTIFICATIONS: {
    means: "The server may notify the client",
    lost: { server: "The client expects no notifications.", client: "The server sends no notifications." },
  },
} satisfies Record<CapabilityKey, unknown>;

export const textsEn: HostTexts = {
  language: "en",
  common: {
    none: "–",
    comma: ", ",
    frames: (count, one) => `${count} ${plural(one, "frame", "frames")}`,
    peer: { client: "client", server: "server" },
    protection: { signed: "signed", notSigned: "not signed", emptySignature: "signature all zero", encrypted: "encrypted" },
    message: (name, response) => `${name} ${response ? "response" : "request"}`,
    set: "set",
    notSet: "not set",
    signingBits: (mode) => ((mode & 2) !== 0 ? "signing required" : (mode & 1) !== 0 ? "signing enabled" : "signing not enabled"),
  },
  list: {
    chips: { all: "All", failed: "Failed", warnings: "Warnings", unknown: "Cannot tell", healthy: "Healthy" },
    healthy: "Healthy",
    validated: "Healthy, validated",
    cannotTell: (reason) => `Cannot tell: ${leading(reason)}`,
    seenAgain: " (seen again on another interface)",
    signed: "Signed",
    partlySigned: "Partly signed",
    notSigned: "Not signed",
    encrypted: "Encrypted",
    guest: "guest",
    anonymous: "anonymous",
    announcement: (failed, warnings) =>
      failed + warnings === 0
        ? "No failed connection found"
        : `${failed} failed ${plural(failed === 1, "connection", "connections")} and ${warnings} with warnings found`,
  },
  banners: {
    notShown: (count) => `${count} ${plural(count === 1, "finding is", "findings are")} not shown because of settings`,
    turnedOff: (rules, origin) => `Turned off in ${origin}: ${rules.join(", ")}.`,
    settingsTrouble: "The settings file cannot be used: it turns nothing off",
    ruleSettings: "Open the settings",
    damaged: (byte, frame) => `This file is damaged at byte ${byte}: shown up to frame ${frame}.`,
    damagedAtStart: (byte) => `This file is damaged at byte ${byte}: no frame could be read.`,
    damagedMeans: (lost, frames, one) =>
      `The last ${lost} bytes could not be read. What follows rests on the ${frames} ${plural(one, "frame", "frames")} before them.`,
    provedStands: "A proved verdict needs no later frame.",
    cut: (byte, frame) => `This file ends inside a frame at byte ${byte}: shown up to frame ${frame}.`,
    cutMeans: (have, need) =>
      `Of the last record ${have} of ${need} bytes are there; the capture was stopped or copied too early. What came later is missing.`,
    stopped: (percent, frame) => `Stopped at ${percent}%: shown up to frame ${frame}.`,
    stoppedMeans: "Connections that come later are missing, and the end of those that were open then is not known.",
    readAll: "Read all of it",
    readFailed: (byte, frame) => `The file could not be read beyond byte ${byte}: shown up to frame ${frame}.`,
    readFailedMeans: (reason) => `The system said: ${reason}. Check the disk or the network drive, then read again.`,
  },
  overview: {
    turnedOff: (name) => `Not shown because of settings: ${leading(name)}`,
    noFailure: "No failed connection",
    noProblem: "No problem on this connection",
    noProblemValidated: "No problem on this connection, and its negotiation was validated",
    unknownTitle: (reason) => `This connection cannot be judged: ${leading(reason)}.`,
    certainty: { proved: "Proved", suspected: "Suspected", unknown: "Cannot tell" },
    provedBySigned: "Proved: both values are in this capture, and the second one is signed.",
    provedByBoth: "Proved: both values are in this capture, and they contradict each other.",
    provedByFrames: "Proved: every frame that this rests on is in this capture.",
    suspectedBecause: "Suspected: the pattern fits and nothing in this capture contradicts it, but what would prove it is not in it.",
    unknownBecause: (reason) => `Cannot tell: ${leading(reason)}`,
    received: (field, by) => `${field} that the ${by} received`,
    sent: (field, by) => `${field} that the ${by} sent`,
    repeated: (field) => `${field} repeated in the validation`,
    fieldIn: (field, message) => `${field} in the ${message}`,
    told: {
      NEGOTIATE: { request: "The client offered its dialects", response: "The server chose the dialect" },
      SESSION_SETUP: { request: "The client asked to sign in", response: "The server answered the sign-in" },
      LOGOFF: { request: "The client logged off", response: "The server confirmed the logoff" },
      TREE_CONNECT: { request: "The client asked for the share", response: "The server answered for the share" },
      VALIDATE: { request: "The client asked for validation", response: "The server answered the validation" },
    },
    closed: (by) => `The ${by} closed the connection`,
    reset: (by) => `The ${by} reset the connection`,
    tcpFrame: "TCP frame",
    endDetail: (how, beforeFiles) => (beforeFiles ? `${how}, before any file was opened` : how),
    afterFrame: (frame) => `after frame ${frame}`,
    flagsSet: (names, more) => `${names.join(", ")}${more > 0 ? ` and ${more} more` : ""} set`,
    flagsNotSet: (names, more) => `${names.join(", ")}${more > 0 ? ` and ${more} more` : ""} not set`,
    cannotCheck: (reason, rules) => `${rules} ${plural(rules === 1, "check", "checks")} could not be made: ${leading(reason)}`,
    signingNow: (required, modes) => {
      if (required === "neither") return `Neither end requires it now (SecurityMode ${modes}), so sessions may run unsigned.`;
      if (required === "both") return `Both ends announce that they require it (SecurityMode ${modes}).`;
      return `Only the ${required} requires it now (SecurityMode ${modes}).`;
    },
    safe: "Safe",
    weakens: "Weakens security",
    noteLabel: "Copy a note for the network team",
  },
  comparison: {
    titleEqual: (values, here) => `All ${word(values)} values are equal${here ? " as captured here" : ""}.`,
    titleAllowed: (values) => `All ${word(values)} values agree: the validation only names more dialects, which is allowed.`,
    titleDiffers: (count, of, names) =>
      `${capital(word(count))} of ${values(of)} ${plural(count === 1, "differs", "differ")}: ${enumeration(
        names.map(({ peer, field }) => `the ${peer}’s ${field}`),
        "en",
      )}.`,
    titleFlags: (of, peer, field, lost, gained, onTheWay) => {
      const how = [
        ...(lost.length > 0 ? [`lost ${enumeration(lost, "en")}`] : []),
        ...(gained.length > 0 ? [`gained ${enumeration(gained, "en")}`] : []),
      ].join(" and ");
      return `One of ${values(of)} differs: the ${peer}’s ${field} ${how}${onTheWay ? " on the way" : ""}.`;
    },
    titleSome: (compared) =>
      `Only ${word(compared)} of eight values can be compared, and ${plural(compared === 1, "it is", "they are")} equal.`,
    titleNone: "The values cannot be compared.",
    subtitle: "NEGOTIATE travels unsigned. After signing in, both ends repeat it signed and compare.",
    exchange: (number, frame) => `Validation ${number}${frame === null ? "" : `, frame ${frame}`}`,
    groups: { client: "Client to server", server: "Server to client" },
    missing: "not in this capture",
    cut: (protection) => `${protection}, cut when captured`,
    errorStatus: (protection, status) => `${protection}, ${status}`,
    clientPassed: "All equal: the server’s own check passed.",
    clientAgreed: "Nothing offered is missing: the server’s own check passed.",
    equalHere: "All equal as captured here.",
    agreeHere: "Nothing offered is missing as captured here.",
    serverEqual: "All equal: the client’s check passes.",
    differ: (count, peer) =>
      `${capital(word(count))} ${plural(count === 1, "differs", "differ")}: the ${other[peer]} must end the connection.`,
    cannotCompare: (reason) => `Cannot be compared: ${reason}.`,
    changedOnWay: (to) => `Changed on the way to the ${to}`,
    disagree: "The two messages contradict each other",
    dialectsSuperset: "More than NEGOTIATE offered, with the same highest one: allowed",
    flagCount: (count, of) =>
      count === of ? `All ${word(of)} bits set` : count === 0 ? "No bit set" : `${capital(word(count))} of ${word(of)} bits set`,
    unknownBit: "A bit without a name in [MS-SMB2]",
    names: { client: "Names the client machine", server: "Names the server" },
    securityMode: (mode) =>
      (mode & 2) !== 0 ? "Required" : (mode & 1) !== 0 ? "Enabled, but not required" : "Neither enabled nor required",
    dialect311NotOffered: "3.1.1 is not offered",
    highestDialect: (name) => `Highest: ${name}`,
    dialectHighest: "Highest that the client offered",
    dialectLower: "Not the highest that the client offered",
    dialectNotOffered: "The client did not offer it",
    capabilities,
    gained: (by) => `The ${by} did not announce it: the other end may use what is not there.`,
    note: "Not covered by the check: MaxTransactSize, MaxReadSize, MaxWriteSize, SystemTime and the security buffer. Below SMB 3.1.1 a device can change these unnoticed.",
    operands: {
      negotiateMissing: {
        request: "the NEGOTIATE request is not in this capture",
        response: "the NEGOTIATE response is not in this capture",
      },
      validateMissing: {
        request: "the validation request is not in this capture",
        response: "the validation was not answered in this capture",
      },
      answerLost: "the answer was lost from this capture",
      errorAnswer: (status) => `the server answered ${status} without values`,
      cut: "a message was cut or holds no readable values",
    },
    markdown: { field: "Field", meaning: "Meaning", frame: (frame) => `frame ${frame}` },
    reasons: {
      dialect311: "SMB 3.1.1 has no such check: pre-authentication integrity protects its NEGOTIATE instead.",
      cut: "The messages were cut when captured, so there are no values to compare. Capture whole frames.",
      smb1: "This connection speaks SMB1, which has no such check.",
      guest: "A guest session has no key to sign with, so nothing is validated.",
      anonymous: "An anonymous session has no key to sign with, so nothing is validated.",
      encrypted: "The validation can only be inside encrypted messages, which cannot be read without keys.",
      noSession: "Nobody signed in on this connection, so nothing was validated.",
      notSent: "The client sent no validation on this connection.",
      noNegotiate: "This capture holds neither the NEGOTIATE of this connection nor its validation.",
    },
  },
  state: {
    titles: {
      noSmb: "No SMB in this capture.",
      noSmbInPart: "No SMB in what could be read of this capture.",
      closedFrames: "Most frames of this capture cannot be read.",
      notACapture: "This file is no network capture.",
      empty: "This file is empty.",
      noFrames: "No frames in this capture.",
      linkType: "The link type of this capture is not read.",
    },
    unsupportedTitle: (format) => `This file is ${format}, which is not read.`,
    unreadableTitle: "This file could not be read.",
    readToEnd: "The file was read to its end.",
    readPart: (frame) => `The file was read up to frame ${frame}.`,
    closedFramesText: "Whether there is SMB in it cannot be told.",
    noSmbAmongTcp: "None of its TCP connections speaks SMB2, SMB3 or SMB1.",
    emptyText: "It has 0 bytes. The capture was not written, or the copy was not finished.",
    noFramesText:
      "The file has the header of a capture and nothing after it. The capture was stopped before the first frame, or a filter let none through.",
    notACaptureText: (magic) =>
      `It begins with the bytes ${magic}, which no format does that can be read. The content counts, not the name.`,
    linkTypeText: (linkType) => `Its frames have the link type ${linkType}. Ethernet, Linux cooked, loopback and raw IP are read.`,
    unreadableText: (reason) => `The system said: ${reason}`,
    unsupported: {
      unpack: "It is compressed. Unpack it and open the capture inside.",
      convert: "Wireshark’s editcap converts it to pcapng. Then open the result.",
      trace: "It is a Windows event trace. pktmon converts it to pcapng. Then open the result.",
      origin: "Only Message Analyzer reads it. Export it there as .cap, or convert the event trace (.etl) it was made from.",
      recapture: "No tool converts it. Take a new capture in the format pcap or pcapng.",
      none: "It holds no frames. Open the capture itself.",
    },
    whatWasRead: "What was read",
    rowFrames: "Frames",
    framesFromTo: (frames, from, to) => `${frames}, from ${from} to ${to} UTC`,
    rowTcp: "TCP connections",
    tcpOnPorts: (count, ports, more) => `${count}, on ports ${ports}${more ? " and others" : ""}`,
    rowPorts: (ports) => `Ports ${ports}`,
    noAttempt: "None. Not even a connection attempt.",
    attempts: (ports) => `Connections to port ${ports}, without an SMB message`,
    fewAttempts: "Not among the ports used most",
    rowQuic: "QUIC on UDP port 443",
    quic: (frames, one) => `${frames} ${plural(one, "frame", "frames")}. SMB over QUIC is encrypted and looks the same.`,
    noQuic: "None",
    ifExpected: "If you expected SMB",
    startBefore: "Start the capture before the share is mounted, on the client, with whole frames:",
    howToCapture: "How to capture",
    howToConvert: "How to convert",
    convertText: "Run this where the file is, with the real names:",
    size: "Size",
    bytes: "bytes",
    buttons: {
      openAnother: "Open another capture",
      otherPort: "SMB uses another port",
      retry: "Read again",
      showLog: "Show log",
      openAsText: "Open as text",
    },
  },
  messages: {
    count: (shown, all) =>
      shown === all
        ? `${formatCount(all)} ${plural(all === 1, "message", "messages")}`
        : `${formatCount(shown)} of ${formatCount(all)} messages`,
    limit: (first, last, all) =>
      `Messages ${formatCount(first)} to ${formatCount(last)} of ${formatCount(all)}. The filter looks at these only.`,
    hidden: { encrypted: "Encrypted message", compressed: "Compressed message", cut: "Message without a whole header" },
    encryptedNote: "Encrypted: command and fields cannot be read without the session's keys.",
    compressedNote: "Compressed: command and fields are not shown.",
    size: (frame, bytes) => `frame ${frame}, ${bytes} bytes`,
    cutNote: (have, length) => `The first ${have} of ${length} bytes are at hand.`,
    fieldsCut: (most) => `The first ${most} fields are shown.`,
    exchange: (note) => {
      switch (note.kind) {
        case "reauthentication":
          return "Signs in anew on a session that is signed in.";
        case "binding":
          return "Binds a session of another connection to this one.";
        case "reconnect":
          return `Takes the place of the earlier session ${note.previousSessionId}.`;
        case "durable":
          return `Asks for a durable handle${note.granted === null ? "" : note.granted ? ", and gets it" : ", and does not get it"}.`;
        case "durable-reconnect":
          return `Takes the durable handle ${note.fileId} again.`;
      }
    },
    severalFrames: (frames, more) =>
      `Lies in the frames ${frames.join(", ")}${more ? " and others" : ""}. Byte numbers count in the message.`,
    part: (frame) => (frame === null ? "not in the capture" : `frame ${frame}`),
    partner: (response, frame) => (response ? `Response in frame ${frame}` : `Request in frame ${frame}`),
    differs: "They must be equal. They are not.",
    allowed: "It names more dialects; that is allowed.",
    equal: "Both are equal.",
  },
  progress: {
    text: (percent, part, whole, rate) => `${percent}%, ${part} of ${whole}${rate === null ? "" : `, ${rate} MB/s`}.`,
    left: (seconds) =>
      seconds < 90
        ? `About ${seconds} ${plural(seconds === 1, "second", "seconds")} left.`
        : `About ${Math.round(seconds / 60)} minutes left.`,
    beingRead: "Not over yet",
  },
};
