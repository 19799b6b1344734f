import { blob } from "../struct/blob.ts";
import { u16, u32, u64 } from "../struct/integers.ts";
import { list } from "../struct/list.ts";
import { reserved } from "../struct/octets.ts";
import { type PayloadOptions, payload } from "../struct/payload.ts";
import { type Struct, struct } from "../struct/struct.ts";
import { Channel, RdmaTransformType } from "./constants/fileFlags.ts";

/** A stretch of registered memory ([MS-SMBD] 2.2.3.1). */
export const BufferDescriptorV1 = struct("SMBDirect_BUFFER_DESCRIPTOR_V1", "MS-SMB2 2.2.19", {
  Offset: u64({ hex: true, text: "rdma.offset", filter: "smb2.buffer_descriptor.offset" }),
  Token: u32({ hex: true, text: "rdma.token", filter: "smb2.buffer_descriptor.token" }),
  Length: u32({ text: "rdma.length", filter: "smb2.buffer_descriptor.length" }),
});

/** What READ and WRITE say about memory: as many descriptors as there is room for. */
export const BufferDescriptors = struct(
  "SMBDirect buffer descriptors",
  "MS-SMB2 2.2.19",
  {},
  {
    Descriptors: list(BufferDescriptorV1, { align: 1, text: "read.channelInfo" }),
  },
);

export const RdmaCryptoTransform = struct(
  "SMB2_RDMA_CRYPTO_TRANSFORM",
  "MS-SMB2 2.2.43.1",
  {
    TransformType: u16({ names: RdmaTransformType, text: "rdma.transformType" }),
    SignatureLength: u16({ text: "rdma.signature" }),
    NonceLength: u16({ text: "rdma.nonce" }),
    Reserved: reserved(2, { text: "body.reserved" }),
  },
  {
    Signature: blob({ length: (m) => m.SignatureLength, text: "rdma.signature" }),
    Nonce: blob({ length: (m) => m.NonceLength, text: "rdma.nonce" }),
  },
);

/** Says how the data that goes by RDMA is protected. */
export const RdmaTransform = struct(
  "SMB2_RDMA_TRANSFORM",
  "MS-SMB2 2.2.43",
  {
    RdmaDescriptorOffset: u16({ text: "rdma.descriptor" }),
    RdmaDescriptorLength: u16({ text: "rdma.descriptor" }),
    Channel: u32({ names: Channel, text: "read.channel", filter: "smb2.channel" }),
    TransformCount: u16({ text: "rdma.transformCount" }),
    Reserved1: reserved(2, { text: "body.reserved" }),
    Reserved2: reserved(4, { text: "body.reserved" }),
  },
  {
    RdmaTransforms: list(RdmaCryptoTransform, { align: 1, count: (m) => m.TransformCount, text: "rdma.transformCount" }),
    RdmaDescriptor: payload({
      length: (m) => m.RdmaDescriptorLength,
      atStruct: (m) => m.RdmaDescriptorOffset,
      find: () => BufferDescriptors,
      text: "rdma.descriptor",
    }),
  },
);

const channelInfos: Readonly<Record<number, Struct>> = {
  [Channel.value.RDMA_V1]: BufferDescriptors,
  [Channel.value.RDMA_V1_INVALIDATE]: BufferDescriptors,
  [Channel.value.RDMA_TRANSFORM]: RdmaTransform,
};

/** ReadChannelInfo or WriteChannelInfo: its structure follows from Channel. */
export function channelInfo<M extends { readonly Channel?: number }>(places: Pick<PayloadOptions<M>, "length" | "atHeader">) {
  return payload<M>({
    ...places,
    find: (m) => channelInfos[m.Channel ?? -1],
    text: "read.channelInfo",
    filter: "smb2.channel_info_blob",
  });
}
