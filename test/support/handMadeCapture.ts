import type { Capture } from "../../src/core/index.ts";

/** A capture of Ethernet frames with nothing in it, changed where a test wants it. */
export function emptyCapture(changes: Partial<Capture> = {}): Capture {
  return {
    format: "pcap",
    size: 24,
    bytesRead: 24,
    frames: 0,
    interfaces: [{ linkType: 1, timestampResolution: 1e-6, snapLength: 262144, name: null }],
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
