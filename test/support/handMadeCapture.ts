import type { Capture, CaptureNotes } from "../../src/core/index.ts";

const NO_NOTES: CaptureNotes = {
  program: null,
  system: null,
  hardware: null,
  comments: [],
  names: [],
  secrets: [],
  entries: [],
  processes: [],
  dropped: 0,
  localTime: false,
};

/** A capture of Ethernet frames with nothing in it, changed where a test wants it. */
export function emptyCapture(changes: Partial<Capture> = {}): Capture {
  return {
    format: "pcap",
    packing: null,
    size: 24,
    bytesRead: 24,
    frames: 0,
    interfaces: [{ linkType: 1, timestampResolution: 1e-6, snapLength: 262144, name: null, description: null, filter: null }],
    notes: NO_NOTES,
    issues: [],
    baseSeconds: 0,
    firstTime: 0,
    lastTime: 0,
    tcpPorts: [],
    tcpConnections: 0,
    quicFrames: 0,
    encryptedMessages: 0,
    compressedMessages: 0,
    smb1Messages: 0,
    complete: true,
    ...changes,
  };
}
