import { readNtlmVersion } from "../security/readNtlmVersion.ts";
import type { NtlmVersions } from "./connectionFacts.ts";

const HEADER = 64;
/** SecurityBufferOffset and SecurityBufferLength in a SESSION_SETUP request and response ([MS-SMB2] 2.2.5, 2.2.6). */
const REQUEST_BUFFER = HEADER + 12;
const RESPONSE_BUFFER = HEADER + 4;

/** What NTLMSSP says of both ends of one connection. Looks into the first SESSION_SETUP of each side only. */
export class NtlmVersionFollower implements NtlmVersions {
  clientVersion = 0;
  clientVersionFrame = 0;
  serverVersion = 0;
  serverVersionFrame = 0;

  /** Forgets the connection before. */
  begin(): void {
    this.clientVersion = 0;
    this.clientVersionFrame = 0;
    this.serverVersion = 0;
    this.serverVersionFrame = 0;
  }

  setupRequest(bytes: Uint8Array, view: DataView, start: number, end: number, frame: number): void {
    if (this.clientVersionFrame !== 0) return;
    this.clientVersionFrame = frame;
    this.clientVersion = read(bytes, view, start, start + REQUEST_BUFFER, end);
  }

  setupResponse(bytes: Uint8Array, view: DataView, start: number, end: number, frame: number): void {
    if (this.serverVersionFrame !== 0) return;
    this.serverVersionFrame = frame;
    this.serverVersion = read(bytes, view, start, start + RESPONSE_BUFFER, end);
  }
}

function read(bytes: Uint8Array, view: DataView, start: number, field: number, end: number): number {
  if (field + 4 > end) return 0;
  const from = start + view.getUint16(field, true);
  return readNtlmVersion(bytes, view, from, Math.min(end, from + view.getUint16(field + 2, true)));
}
