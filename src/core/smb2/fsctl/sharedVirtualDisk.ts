import { rest } from "../../struct/blob.ts";
import { flagSet } from "../../struct/flagSet.ts";
import { u16, u32, u64 } from "../../struct/integers.ts";
import { nameSet } from "../../struct/nameSet.ts";
import { guid, reserved } from "../../struct/octets.ts";
import { struct } from "../../struct/struct.ts";
import { utf16 } from "../../struct/textPart.ts";
import { NtStatusNames } from "../constants/ntStatusNames.ts";

const Support = nameSet("", { SharedVirtualDiskSupported: 0x1, SharedVirtualDiskSnapshotSupported: 0x7 });
const HandleState = nameSet("", { HandleStateNone: 0, HandleStateFileShared: 1, HandleStateShared: 3 });

/** Output of FSCTL_QUERY_SHARED_VIRTUAL_DISK_SUPPORT. */
export const SharedVirtualDiskSupport = struct("SVHDX_SHARED_VIRTUAL_DISK_SUPPORT Response", "MS-RSVD", {
  SharedVirtualDiskSupport: u32({ names: Support, text: "svhdx.support", filter: "smb2.ioctl.shared_virtual_disk.support" }),
  SharedVirtualDiskHandleState: u32({
    names: HandleState,
    text: "svhdx.handleState",
    filter: "smb2.ioctl.shared_virtual_disk.handle_state",
  }),
});

/** OperationCode of a tunnelled request ([MS-RSVD] 2.2.2). */
const OperationCode = nameSet("RSVD_TUNNEL_", {
  GET_INITIAL_INFO: 0x02001001,
  SCSI: 0x02001002,
  CHECK_CONNECTION_STATUS: 0x02001003,
  SRB_STATUS: 0x02001004,
  GET_DISK_INFO: 0x02001005,
  VALIDATE_DISK: 0x02001006,
  META_OPERATION_START: 0x02002101,
  META_OPERATION_QUERY_PROGRESS: 0x02002002,
  VHDSET_QUERY_INFORMATION: 0x02002005,
  DELETE_SNAPSHOT: 0x02002006,
  CHANGE_TRACKING_GET_PARAMETERS: 0x02002008,
  CHANGE_TRACKING_START: 0x02002009,
  CHANGE_TRACKING_STOP: 0x0200200a,
  QUERY_VIRTUAL_DISK_CHANGES: 0x0200200c,
  QUERY_SAFE_SIZE: 0x0200200d,
});

/** Input and output of FSCTL_SVHDX_SYNC_TUNNEL_REQUEST and FSCTL_SVHDX_ASYNC_TUNNEL_REQUEST: the head; what follows stays opaque. */
export const SvhdxTunnel = struct(
  "SVHDX_TUNNEL_OPERATION_HEADER",
  "MS-RSVD",
  {
    OperationCode: u32({ names: OperationCode, text: "svhdx.operation" }),
    Status: u32({ names: NtStatusNames }),
    RequestId: u64({ hex: true }),
  },
  { Data: rest() },
);

const Operations = flagSet("STORAGE_QOS_CONTROL_FLAG_", {
  SET_LOGICAL_FLOW_ID: 0x01,
  SET_POLICY: 0x02,
  PROBE_POLICY: 0x04,
  GET_STATUS: 0x08,
  UPDATE_COUNTERS: 0x10,
});

const flow = {
  ProtocolVersion: u16({ hex: true, filter: "smb2.ioctl.sqos.protocol_version" }),
  Reserved: reserved(2, { filter: "smb2.ioctl.sqos.reserved" }),
  Options: u32({ flags: Operations, text: "qos.options", filter: "smb2.ioctl.sqos.operations" }),
  LogicalFlowID: guid({ text: "qos.flow", filter: "smb2.ioctl.sqos.logical_flow_id" }),
  PolicyID: guid({ text: "qos.policy", filter: "smb2.ioctl.sqos.policy_id" }),
  InitiatorID: guid({ text: "qos.initiator", filter: "smb2.ioctl.sqos.initiator_id" }),
};

/** Input of FSCTL_STORAGE_QOS_CONTROL. */
export const StorageQosRequest = struct(
  "STORAGE_QOS_CONTROL_REQUEST",
  "MS-SQOS",
  {
    ...flow,
    Limit: u64({ text: "qos.limit", filter: "smb2.ioctl.sqos.limit" }),
    Reservation: u64({ text: "qos.reservation", filter: "smb2.ioctl.sqos.reservation" }),
    InitiatorNameOffset: u16({ text: "qos.initiator" }),
    InitiatorNameLength: u16({ text: "qos.initiator" }),
    InitiatorNodeNameOffset: u16({ text: "qos.initiator" }),
    InitiatorNodeNameLength: u16({ text: "qos.initiator" }),
    IoCountIncrement: u64({ filter: "smb2.ioctl.sqos.io_count_increment" }),
    NormalizedIoCountIncrement: u64({ filter: "smb2.ioctl.sqos.normalized_io_count_increment" }),
    LatencyIncrement: u64({ filter: "smb2.ioctl.sqos.latency_increment" }),
    LowerLatencyIncrement: u64({ filter: "smb2.ioctl.sqos.lower_latency_increment" }),
  },
  {
    InitiatorName: utf16({
      length: (m) => m.InitiatorNameLength,
      atStruct: (m) => m.InitiatorNameOffset,
      text: "qos.initiator",
      filter: "smb2.ioctl.sqos.initiator_name",
    }),
    InitiatorNodeName: utf16({
      length: (m) => m.InitiatorNodeNameLength,
      atStruct: (m) => m.InitiatorNodeNameOffset,
      text: "qos.initiator",
      filter: "smb2.ioctl.sqos.initiator_node_name",
    }),
  },
);

const QosStatus = nameSet("StorageQoS", {
  StatusOk: 0,
  StatusInsufficientThroughput: 1,
  UnknownPolicyId: 2,
  StatusConfigurationMismatch: 4,
  StatusNotAvailable: 5,
});

/** Output of FSCTL_STORAGE_QOS_CONTROL. */
export const StorageQosResponse = struct("STORAGE_QOS_CONTROL_RESPONSE", "MS-SQOS", {
  ...flow,
  TimeToLive: u32({ filter: "smb2.ioctl.sqos.time_to_live" }),
  Status: u32({ names: QosStatus, text: "qos.status", filter: "smb2.ioctl.sqos.status" }),
  MaximumIoRate: u64({ text: "qos.limit", filter: "smb2.ioctl.sqos.maximum_io_rate" }),
  MinimumIoRate: u64({ text: "qos.reservation", filter: "smb2.ioctl.sqos.minimum_io_rate" }),
  BaseIoSize: u32({ filter: "smb2.ioctl.sqos.base_io_size" }),
  Reserved2: reserved(4, { filter: "smb2.ioctl.sqos.reserved2" }),
});
