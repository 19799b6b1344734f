import { u16, u32 } from "../struct/integers.ts";
import { payload } from "../struct/payload.ts";
import { struct } from "../struct/struct.ts";
import { unused } from "./bodyFields.ts";
import { NotificationType } from "./constants/fileFlags.ts";

export const NotifySessionClosed = struct("SMB2_NOTIFY_SESSION_CLOSED", "MS-SMB2 2.2.44.2", { Reserved: unused(4) });

/** What the server says unasked. The specification leaves the value of StructureSize open. */
export const ServerToClientNotification = struct(
  "SMB2_SERVER_TO_CLIENT_NOTIFICATION",
  "MS-SMB2 2.2.44.1",
  {
    StructureSize: u16({ text: "body.structureSize", filter: "smb2.buffer_code" }),
    Reserved: unused(2),
    NotificationType: u32({ names: NotificationType, text: "stc.notificationType" }),
  },
  {
    Notification: payload({
      length: () => NotifySessionClosed.size,
      find: (m) => (m.NotificationType === NotificationType.value.SmbNotifySessionClosed ? NotifySessionClosed : undefined),
      text: "stc.notification",
    }),
  },
);
