// The forms in which both sides write the same value, and what differs by design: README.md says why.

const UNITS_PER_MILLISECOND = 10_000n;
const MILLISECONDS_1601_TO_1970 = 11_644_473_600_000n;

/** tshark prints the beginning of 1970 for this FILETIME and for 0. */
const FILETIME_1970 = (MILLISECONDS_1601_TO_1970 * UNITS_PER_MILLISECOND).toString();

/** Fields that tshark prints as digits of their bytes. */
const BYTES = new Set([
  "smb2.signature",
  "smb2.security_blob",
  "smb2.fid",
  "smb2.error.data",
  "smb2.negotiate_context.salt",
  "smb2.negotiate_context.posix_reserved",
  "smb2.header.transform.signature",
  "smb2.header.transform.nonce",
]);

/** Our fields that tshark takes for one. */
const JOINED = new Set(["smb2.qfid_fid"]);

/** Fields that tshark also prints where it knows them from another message: there they stand in no byte of the frame. */
const INFERRED = new Set([
  "smb2.tree",
  "smb2.share_type",
  "smb2.class",
  "smb2.file_info.infolevel",
  "smb2.fs_info.infolevel",
  "smb2.find.infolevel",
  "smb2.filename",
]);

/** In dialects before 3.1.1 these bytes are reserved, or the client's start time; tshark reads them as the place of contexts all the same. */
const CONTEXT_PLACES = new Set(["smb2.negotiate_context.offset", "smb2.negotiate_context.count"]);

/** Our values as texts that are equal to tshark's when they mean the same. */
export function ourForms(name, values) {
  if (JOINED.has(name)) return values.length === 0 ? [] : [values.map(({ hex }) => hex).join("")];
  if (BYTES.has(name)) return values.map(({ hex }) => hex);
  return values.map(({ value }) => (value === FILETIME_1970 ? "0" : number(value)));
}

/** tshark's values in the same form. */
export function theirForms(name, values) {
  const forms = values.filter((value) => value !== "<MISSING>").map((value) => fileTime(value) ?? number(value));
  return BYTES.has(name) ? forms.map(digitsOnWire) : forms;
}

function number(value) {
  return /^0x[0-9a-f]+$/i.test(value) ? BigInt(value).toString() : value;
}

/** `Sep 22, 2020 18:52:40.059817300 UTC` as the number of a FILETIME; what is no time: undefined. The year 1970 stands for 0. */
function fileTime(value) {
  const match = /^([A-Z][a-z]{2} +\d+, \d{4} \d\d:\d\d:\d\d)\.(\d{9}) UTC$/.exec(value);
  if (match === null) return undefined;
  const milliseconds = BigInt(Date.parse(`${match[1]} UTC`));
  if (milliseconds === 0n && Number(match[2]) === 0) return "0";
  return ((milliseconds + MILLISECONDS_1601_TO_1970) * UNITS_PER_MILLISECOND + BigInt(match[2]) / 100n).toString();
}

/** The digits of a value's bytes; of a GUID the first three groups are swapped. */
function digitsOnWire(value) {
  const groups = value.toLowerCase().split("-");
  if (groups.length !== 5) return value.toLowerCase();
  const swapped = groups.slice(0, 3).map((group) => group.match(/../g).reverse().join(""));
  return [...swapped, ...groups.slice(3)].join("");
}

/** Whether a difference is one that README.md explains. `theirFields`: everything that tshark shows in the frame. */
export function isExplained(name, ours, theirs, ourFields, theirFields) {
  if (INFERRED.has(name) && isSubsequence(ours, theirs)) return true;
  if (name === "smb2.filename" && ours.join("\n") === theirs.map((value) => value.replace(/\ufffd$/, "")).join("\n")) return true;
  if (name.startsWith("smb2.negotiate_context.") && isMiscounted(ourFields)) return true;
  if (CONTEXT_PLACES.has(name)) return ours.length === 0;
  if (name === "smb2.session_flags") return ours.length === 0 && theirFields["smb2.nt_status"].some((status) => Number(status) !== 0);
  if (name === "smb2.error.data") return isSubsequence(ours, theirs) && theirs.every((value) => value.length === 2 || ours.includes(value));
  // A message that tshark does not read, because a part of its packet is missing.
  return (ourFields["smb2.cmd"]?.length ?? 0) > (theirFields["smb2.cmd"]?.length ?? 0) && isSubsequence(theirs, ours);
}

/** Whether a field of SMB1's name counts in this frame: we do not decode the SMB1 messages that have it, too. */
export function isCompared(name, theirFields) {
  return !name.startsWith("smb.") || theirFields["smb2.cmd"].length > 0;
}

/** CipherCount contradicts the DataLength of its context: the next context begins where DataLength ends; tshark goes on after the count. */
function isMiscounted(ourFields) {
  const at = ourFields["smb2.negotiate_context.type"]?.findIndex(({ value }) => value === "2") ?? -1;
  const length = ourFields["smb2.negotiate_context.data_length"]?.[at]?.value;
  const count = ourFields["smb2.negotiate_context.cipher_count"]?.[0]?.value;
  return length !== undefined && count !== undefined && Number(length) !== 2 + 2 * Number(count);
}

function isSubsequence(part, whole) {
  let found = 0;
  for (const value of whole) if (found < part.length && value === part[found]) found++;
  return found === part.length;
}
