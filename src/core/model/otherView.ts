/** A field of NEGOTIATE that is not what it is at the other point. */
export interface AlteredField {
  /** Path of the field as `describeMessage` names it; empty for bytes that belong to no field. */
  readonly field: string;
  readonly response: boolean;
  /** The message here and at the other point, with the values as text; null where the message has no such field. */
  readonly frame: number;
  readonly value: string | null;
  readonly otherFrame: number;
  readonly otherValue: string | null;
}

/** The same connection as another point of one capture shows it (another interface, another place of the machine), where the two differ. */
export interface OtherView {
  readonly connection: number;
  /** Names of the two points: of the interface where it has one, else its number, and the place of the machine where frames name one. */
  readonly point: string;
  readonly otherPoint: string;
  /** This point is nearer to the receiver of the altered messages; null where that cannot be told. */
  readonly arrived: boolean | null;
  readonly altered: readonly AlteredField[];
  /** NEGOTIATE cannot be compared: cut by the snap length, or missing at a point. */
  readonly incomparable: "message-truncated" | "negotiate-missing" | null;
}
