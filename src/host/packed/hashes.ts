import xxhash, { type XXHashAPI } from "xxhash-wasm";

let loading: Promise<XXHashAPI> | undefined;

/** The hashes that the checksums of zstd and LZ4 are; compiled once. */
export function loadHashes(): Promise<XXHashAPI> {
  loading ??= xxhash();
  return loading;
}
