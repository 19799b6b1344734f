import { type ConnectionDetail, commandName, type EndEvent } from "../../core/index.ts";
import { protectionOf } from "./messageProtection.ts";
import type { ProtectionKey } from "./texts.ts";

const IOCTL = 11;
const NEGOTIATE = 0;
/** Command of SMB1, beyond those of SMB2. */
const SMB_COM_NEGOTIATE = 0x72;
export const VALIDATE_NAME = "VALIDATE_NEGOTIATE_INFO";

/** A message as a fact names it. */
export interface NamedMessage {
  /** `NEGOTIATE`, `VALIDATE_NEGOTIATE_INFO`. */
  readonly name: string;
  readonly response: boolean;
  readonly protection: ProtectionKey | null;
  /** NTSTATUS of a response. */
  readonly status: number | null;
}

/** Finds the messages and the ends of one connection by their frames. */
export class ConnectionMessages {
  private readonly detail: ConnectionDetail;
  private readonly times = new Map<number, number>();

  constructor(detail: ConnectionDetail) {
    this.detail = detail;
    for (const message of detail.messages) this.times.set(message.frame, message.time);
    for (const end of detail.facts.ends) this.times.set(end.frame, end.time);
    for (const { request, response } of [...detail.facts.negotiates, ...detail.facts.validations]) {
      if (request !== null) this.times.set(request.frame, request.time);
      if (response !== null) this.times.set(response.frame, response.time);
    }
  }

  /** Nanoseconds since `Capture.baseSeconds`. */
  time(frame: number): number | undefined {
    return this.times.get(frame);
  }

  end(frame: number): EndEvent | undefined {
    return this.detail.facts.ends.find((end) => end.frame === frame);
  }

  message(frame: number, command: number, response: boolean): NamedMessage {
    if (command === SMB_COM_NEGOTIATE) return { name: "SMB_COM_NEGOTIATE", response, protection: null, status: null };
    const known = this.fromFacts(frame, command, response);
    if (known !== undefined) return known;
    const read = this.detail.messages.find((one) => one.frame === frame && one.command === command && one.response === response);
    const protection = read && (read.kind === "encrypted" ? "encrypted" : read.signed ? "signed" : "notSigned");
    return { name: commandName(command), response, protection: protection ?? null, status: response ? (read?.status ?? null) : null };
  }

  /** The first message that a frame completes, for evidence that names a frame alone. */
  anyIn(frame: number): NamedMessage | undefined {
    const read = this.detail.messages.find((one) => one.frame === frame && one.command >= 0);
    return read && this.message(frame, read.command, read.response);
  }

  private fromFacts(frame: number, command: number, response: boolean): NamedMessage | undefined {
    if (command !== NEGOTIATE && command !== IOCTL) return undefined;
    const { negotiates, validations } = this.detail.facts;
    for (const exchange of command === NEGOTIATE ? negotiates : validations) {
      const { request, response: answer } = exchange;
      const message = response ? answer : request;
      if (message?.frame !== frame) continue;
      const name = command === NEGOTIATE ? commandName(NEGOTIATE) : VALIDATE_NAME;
      return { name, response, protection: protectionOf(message), status: response ? (answer?.status ?? null) : null };
    }
    return undefined;
  }
}
