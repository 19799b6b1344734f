import type { Struct } from "../../struct/struct.ts";

/** The structures of one information class. What is not there stays opaque. */
export interface InfoClass {
  /** Input buffer of a QUERY_INFO request: only quota and extended attributes have one. */
  readonly query?: Struct;
  /** Output buffer of a QUERY_INFO response; for the classes of QUERY_DIRECTORY its buffer, a structure whose one part is the chain of entries. */
  readonly response?: Struct;
  /** Buffer of a SET_INFO request. */
  readonly set?: Struct;
}
