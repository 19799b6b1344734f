import type { Evidence } from "../rules/finding.ts";
import type { TracePlace } from "./textTrace.ts";

/** Remembers where in a trace the messages and values of connections stand, so that evidence can be shown there. */
export class EvidencePlaces {
  private readonly places = new Map<string, TracePlace>();

  addFrame(connection: number, frame: number, place: TracePlace): void {
    this.add(`${connection} ${frame}`, place);
  }

  addMessage(connection: number, frame: number, command: number, response: boolean, place: TracePlace): void {
    this.addFrame(connection, frame, place);
    this.add(`${connection} ${frame} ${command} ${response}`, place);
  }

  addField(connection: number, frame: number, command: number, response: boolean, field: string, place: TracePlace): void {
    this.add(`${connection} ${frame} ${command} ${response} ${field}`, place);
    this.add(`${connection} ${frame} ${field}`, place);
  }

  /** The value, or else its message, or else its frame; undefined when the trace does not show it. */
  find(connection: number, { frame, command, response, field }: Evidence): TracePlace | undefined {
    const message = command === undefined ? "" : ` ${command} ${response === true}`;
    const exact = field === undefined ? undefined : this.places.get(`${connection} ${frame}${message} ${field}`);
    return exact ?? this.places.get(`${connection} ${frame}${message}`) ?? this.places.get(`${connection} ${frame}`);
  }

  /** The first one stays: of a compound, the message that comes first. */
  private add(key: string, place: TracePlace): void {
    if (!this.places.has(key)) this.places.set(key, place);
  }
}
