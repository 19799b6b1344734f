import { u8, u16, u32 } from "../struct/integers.ts";
import { list } from "../struct/list.ts";
import { nameSet } from "../struct/nameSet.ts";
import { reserved } from "../struct/octets.ts";
import { payload } from "../struct/payload.ts";
import { struct } from "../struct/struct.ts";
import { errorDataStruct, ShareRedirectErrorContext } from "./errorData.ts";

const ErrorId = nameSet("SMB2_ERROR_ID_", { DEFAULT: 0, SHARE_REDIRECT: 0x72645253 });

/** One error context of a 3.1.1 error response. */
export const ErrorContext = struct(
  "SMB2 ERROR Context Response",
  "MS-SMB2 2.2.2.1",
  {
    ErrorDataLength: u32({ text: "err.contextLength", filter: "smb2.error.context.length" }),
    ErrorId: u32({ names: ErrorId, text: "err.contextId", filter: "smb2.error.context.id" }),
  },
  {
    ErrorContextData: payload({
      length: (m) => m.ErrorDataLength,
      find: (m, _, header) => (m.ErrorId === ErrorId.value.SHARE_REDIRECT ? ShareRedirectErrorContext : errorDataStruct(header)),
      text: "err.data",
    }),
  },
);

/** The body of every response whose Status is an error, with the exceptions of [MS-SMB2] 3.3.4.4. */
export const ErrorResponse = struct(
  "SMB2 ERROR Response",
  "MS-SMB2 2.2.2",
  {
    StructureSize: u16({ must: 9, text: "err.structureSize", filter: "smb2.buffer_code" }),
    ErrorContextCount: u8({ text: "err.contextCount", filter: "smb2.error.context_count" }),
    Reserved: reserved(1, { text: "body.reserved", filter: "smb2.error.reserved" }),
    ByteCount: u32({ text: "err.byteCount", filter: "smb2.error.byte_count" }),
  },
  {
    ErrorContextList: list(ErrorContext, {
      align: 8,
      title: "ErrorId",
      count: (m) => m.ErrorContextCount,
      text: "err.data",
      filter: "smb2.error.context",
    }),
    ErrorData: payload({
      length: (m) => (m.ErrorContextCount === 0 ? m.ByteCount : undefined),
      find: (_, __, header) => errorDataStruct(header),
      text: "err.data",
      filter: "smb2.error.data",
    }),
  },
);
