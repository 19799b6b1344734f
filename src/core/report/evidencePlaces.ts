import type { Evidence } from "../rules/finding.ts";
import { HEADER_PATH } from "../smb2/describeMessage.ts";
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
  find(connection: number, evidence: Evidence): TracePlace | undefined {
    const { frame, command, response } = evidence;
    const message = `${connection} ${frame}${command === undefined ? "" : ` ${command} ${response === true}`}`;
    for (const path of evidencePaths(evidence)) {
      const place = this.places.get(`${message} ${path}`);
      if (place !== undefined) return place;
    }
    return this.places.get(message) ?? this.places.get(`${connection} ${frame}`);
  }

  /** The first one stays: of a compound, the message that comes first. */
  private add(key: string, place: TracePlace): void {
    if (!this.places.has(key)) this.places.set(key, place);
  }
}

/**
 * Paths at which the field of evidence may stand, the likeliest first. Header and body have fields of the same name (Flags, Reserved): a
 * rule that names one without its value means the header's.
 */
export function evidencePaths({ field, value }: Evidence): readonly string[] {
  if (field === undefined) return [];
  const inHeader = `${HEADER_PATH}.${field}`;
  return value === undefined ? [inHeader, field] : [field, inHeader];
}
