import { escapeForDisplay } from "../bytes/text.ts";
import { formatGuid, type Guid } from "../model/guid.ts";
import { dialectName } from "../smb2/constants/dialects.ts";
import { GlobalCapabilities, SecurityMode } from "../smb2/constants/negotiateFlags.ts";
import type { FlagSet } from "../struct/flagSet.ts";
import { isSet } from "../struct/flagSet.ts";

/*
 * Values as a user reads them, the same everywhere: Capabilities with 8 digits, SecurityMode with 4, a GUID as [MS-DTYP] writes it,
 * dialects by name.
 */

export function capabilitiesText(value: number): string {
  return `0x${(value >>> 0).toString(16).padStart(8, "0")}`;
}

export function securityModeText(value: number): string {
  return `0x${value.toString(16).padStart(4, "0")}`;
}

export function guidText(guid: Guid): string {
  return formatGuid(guid);
}

/** `2.0.2, 2.1, 3.0`; a list too long for a sentence is cut. */
export function dialectsText(dialects: readonly number[]): string {
  const shown = dialects.slice(0, MOST_DIALECTS).map(dialectName).join(", ");
  return dialects.length > MOST_DIALECTS ? `${shown}, ...` : shown;
}

const MOST_DIALECTS = 16;

/** A name from the capture as it may stand in a sentence, a long one cut; null where there is none, or it is empty. */
export function nameText(name: string | null): string | null {
  return name === null || name.trim() === "" ? null : escapeForDisplay(name.trim().slice(0, LONGEST_NAME));
}

/** `DOMAIN\user`; null where no user is named. */
export function userText(domain: string | null, user: string | null): string | null {
  const name = nameText(user);
  const place = nameText(domain);
  return name === null || place === null ? name : `${place}\\${name}`;
}

const LONGEST_NAME = 120;

/** Full names of the capabilities that `one` has and `other` lacks. */
export function capabilitiesOnlyIn(one: number, other: number): readonly string[] {
  return onlyIn(GlobalCapabilities, one, other);
}

/** Full names of the SecurityMode bits that `one` has and `other` lacks. */
export function securityModeOnlyIn(one: number, other: number): readonly string[] {
  return onlyIn(SecurityMode, one, other);
}

/** Full names of the flags that a value of a field has and another lacks, both as this file writes them; none for a field of no flags. */
export function flagsOnlyIn(field: string, one: string, other: string): readonly string[] {
  const set = FLAG_SETS[field];
  return set === undefined ? [] : onlyIn(set, Number.parseInt(one, 16), Number.parseInt(other, 16));
}

const FLAG_SETS: Readonly<Record<string, FlagSet>> = { Capabilities: GlobalCapabilities, SecurityMode };

function onlyIn(set: FlagSet, one: number, other: number): readonly string[] {
  return set.list.filter((flag) => isSet(flag, one) && !isSet(flag, other)).map((flag) => flag.name);
}
