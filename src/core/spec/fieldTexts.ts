import { createContextTexts } from "./fieldTexts/createContextTexts.ts";
import { createTexts } from "./fieldTexts/createTexts.ts";
import type { FieldTextRow } from "./fieldTexts/fieldTextRow.ts";
import { fileTexts } from "./fieldTexts/fileTexts.ts";
import { framingTexts } from "./fieldTexts/framingTexts.ts";
import { fsctlPayloadTexts } from "./fieldTexts/fsctlPayloadTexts.ts";
import { fsctlTexts } from "./fieldTexts/fsctlTexts.ts";
import { headerTexts } from "./fieldTexts/headerTexts.ts";
import { informationTexts } from "./fieldTexts/informationTexts.ts";
import { ioctlServiceTexts } from "./fieldTexts/ioctlServiceTexts.ts";
import { ioctlTexts } from "./fieldTexts/ioctlTexts.ts";
import { kerberosTexts } from "./fieldTexts/kerberosTexts.ts";
import { negotiateContextTexts } from "./fieldTexts/negotiateContextTexts.ts";
import { negotiateTexts } from "./fieldTexts/negotiateTexts.ts";
import { queryTexts } from "./fieldTexts/queryTexts.ts";
import { securityDescriptorTexts } from "./fieldTexts/securityDescriptorTexts.ts";
import { securityTokenTexts } from "./fieldTexts/securityTokenTexts.ts";
import { sessionTexts } from "./fieldTexts/sessionTexts.ts";
import { treeTexts } from "./fieldTexts/treeTexts.ts";
import type { Language } from "./language.ts";
import type { SectionId } from "./sections.ts";

const rows = {
  ...headerTexts,
  ...framingTexts,
  ...negotiateTexts,
  ...negotiateContextTexts,
  ...sessionTexts,
  ...securityTokenTexts,
  ...kerberosTexts,
  ...ioctlServiceTexts,
  ...fsctlPayloadTexts,
  ...securityDescriptorTexts,
  ...informationTexts,
  ...treeTexts,
  ...ioctlTexts,
  ...fsctlTexts,
  ...createTexts,
  ...createContextTexts,
  ...fileTexts,
  ...queryTexts,
};

/**
 * Names an explanation: message or group, then field, then flag or value ("negReq.clientGuid", "cap.dfs", "dialect.0311").
 * A key that has no text does not compile.
 */
export type FieldKey = keyof typeof rows;

/** What a field, flag or value means to the reader of a trace. */
export interface FieldText {
  readonly title: string;
  /** Plain text of at most about 400 characters, without line breaks. */
  readonly explanation: string;
  readonly sections: readonly SectionId[];
}

/** Every key, in the order of the messages. */
export const fieldKeys = Object.keys(rows) as FieldKey[];

/** The explanation of a field, flag or value; undefined where the key is not known. */
export function fieldText(key: FieldKey, language: Language): FieldText;
export function fieldText(key: string, language: Language): FieldText | undefined;
export function fieldText(key: string, language: Language): FieldText | undefined {
  if (!isFieldKey(key)) return undefined;
  const row: FieldTextRow = rows[key];
  const title = language === "ja" ? (row.titleJa ?? row.title) : row.title;
  return { title, explanation: row[language], sections: row.sections };
}

/** Whether a text is a key that has an explanation. */
export function isFieldKey(text: string): text is FieldKey {
  return Object.hasOwn(rows, text);
}
