import { InfoType } from "./constants/informationClasses.ts";
import { fileClasses } from "./info/fileClasses.ts";
import { fileSystemClasses } from "./info/fileSystemClasses.ts";
import type { InfoClass } from "./info/infoClass.ts";
import { FileQuotaInformation, QueryQuotaInfo } from "./info/quotaInfo.ts";
import { SecurityDescriptor } from "./securityDescriptor.ts";

/** InfoType and class as one number: the key of {@link infoClasses}. QUERY_DIRECTORY counts as InfoType FILE (1). */
export function infoKey(infoType: number, infoClass: number): number {
  return infoType * 0x100 + infoClass;
}

/**
 * The structures of QUERY_INFO, SET_INFO and QUERY_DIRECTORY by {@link infoKey}. Each is read with the buffer as its bounds and its start
 * as base of its offsets (`atStruct`, never `atHeader`); lists whose elements name the next one are a `chain`.
 * Its fields are shown below the message's own: `Buffer.EndOfFile`, `Buffer.Entries[0].FileName`.
 */
export const infoClasses: Readonly<Record<number, InfoClass>> = {
  ...classesOf(InfoType.value.FILE, fileClasses),
  ...classesOf(InfoType.value.FILESYSTEM, fileSystemClasses),
  [infoKey(InfoType.value.SECURITY, 0)]: { response: SecurityDescriptor, set: SecurityDescriptor },
  [infoKey(InfoType.value.QUOTA, 0)]: { query: QueryQuotaInfo, response: FileQuotaInformation, set: FileQuotaInformation },
};

function classesOf(infoType: number, classes: Readonly<Record<number, InfoClass>>): Readonly<Record<number, InfoClass>> {
  return Object.fromEntries(Object.entries(classes).map(([infoClass, structures]) => [infoKey(infoType, Number(infoClass)), structures]));
}
