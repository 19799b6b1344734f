import { NtStatus } from "../../spec/ntStatusValues.ts";
import { nameSet } from "../../struct/nameSet.ts";

/** NTSTATUS values ([MS-ERREF] 2.3.1) as names of the Status field. */
export const NtStatusNames = nameSet("", NtStatus);
