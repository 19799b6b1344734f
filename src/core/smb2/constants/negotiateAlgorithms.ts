import { flagSet } from "../../struct/flagSet.ts";
import { nameSet } from "../../struct/nameSet.ts";

/** ContextType of a negotiate context ([MS-SMB2] 2.2.3.1); 0x0100 is used by the POSIX extensions of Samba and Linux. */
export const NegotiateContextType = nameSet("SMB2_", {
  PREAUTH_INTEGRITY_CAPABILITIES: [0x0001, "ctx.preauth"],
  ENCRYPTION_CAPABILITIES: [0x0002, "ctx.encryption"],
  COMPRESSION_CAPABILITIES: [0x0003, "ctx.compression"],
  NETNAME_NEGOTIATE_CONTEXT_ID: [0x0005, "ctx.netname"],
  TRANSPORT_CAPABILITIES: [0x0006, "ctx.transport"],
  RDMA_TRANSFORM_CAPABILITIES: [0x0007, "ctx.rdma"],
  SIGNING_CAPABILITIES: [0x0008, "ctx.signing"],
  POSIX_EXTENSIONS_AVAILABLE: [0x0100, "ctx.posix"],
});

/** HashAlgorithms ([MS-SMB2] 2.2.3.1.1). */
export const HashAlgorithm = nameSet("", { "SHA-512": 1 });

/** Ciphers ([MS-SMB2] 2.2.3.1.2); 0 in a response: none in common. */
export const Cipher = nameSet("", {
  NONE: [0, "cipher.none"],
  "AES-128-CCM": [1, "cipher.aes128Ccm"],
  "AES-128-GCM": [2, "cipher.aes128Gcm"],
  "AES-256-CCM": [3, "cipher.aes256Ccm"],
  "AES-256-GCM": [4, "cipher.aes256Gcm"],
});

/** CompressionAlgorithms ([MS-SMB2] 2.2.3.1.3). */
export const CompressionAlgorithm = nameSet("", {
  NONE: [0, "compression.alg.none"],
  LZNT1: [1, "compression.alg.lznt1"],
  LZ77: [2, "compression.alg.lz77"],
  "LZ77+Huffman": [3, "compression.alg.lz77Huffman"],
  Pattern_V1: [4, "compression.alg.patternV1"],
  LZ4: [5, "compression.alg.lz4"],
});

/** Flags of COMPRESSION_CAPABILITIES ([MS-SMB2] 2.2.3.1.3). */
export const CompressionFlags = flagSet("SMB2_COMPRESSION_CAPABILITIES_FLAG_", { CHAINED: 1 });

/** Flags of TRANSPORT_CAPABILITIES ([MS-SMB2] 2.2.3.1.5). */
export const TransportFlags = flagSet("SMB2_", { ACCEPT_TRANSPORT_LEVEL_SECURITY: 1 });

/** RDMATransformIds ([MS-SMB2] 2.2.3.1.6). */
export const RdmaTransform = nameSet("SMB2_RDMA_TRANSFORM_", { NONE: 0, ENCRYPTION: 1, SIGNING: 2 });

/** SigningAlgorithms ([MS-SMB2] 2.2.3.1.7). */
export const SigningAlgorithm = nameSet("", {
  "HMAC-SHA256": [0, "signing.hmacSha256"],
  "AES-CMAC": [1, "signing.aesCmac"],
  "AES-GMAC": [2, "signing.aesGmac"],
});
