import type { Language } from "../spec/language.ts";
import { NtStatus } from "../spec/ntStatusValues.ts";

/**
 * Who is known to answer FSCTL_VALIDATE_NEGOTIATE_INFO with an error status because it does not implement it, and what else the status
 * can mean there ([MS-SMB2] 3.3.5.15, 3.3.5.2.4; source comments of Samba and of the Linux client).
 */
const producers: ReadonlyMap<number, Readonly<Record<Language, string>>> = new Map([
  [
    NtStatus.STATUS_NOT_SUPPORTED,
    {
      en: "Older Windows and some NetApp ONTAP versions answer so because they do not know the request; Windows also when Flags is not IS_FSCTL.",
      ja: "古い Windows と NetApp ONTAP の一部のバージョンは、この要求を知らないためこのように応答します。Windows は Flags が IS_FSCTL でないときにもこのように応答します。",
    },
  ],
  [
    NtStatus.STATUS_INVALID_DEVICE_REQUEST,
    {
      en: "Samba 4 with the NTVFS file server and other servers whose file system does not know the request answer so.",
      ja: "NTVFS ファイル サーバーを使う Samba 4 や、ファイル システムがこの要求を知らないサーバーはこのように応答します。",
    },
  ],
  [
    NtStatus.STATUS_FS_DRIVER_REQUIRED,
    {
      en: "Samba 4 with the NTVFS file server answers so on IPC$.",
      ja: "NTVFS ファイル サーバーを使う Samba 4 は、IPC$ でこのように応答します。",
    },
  ],
  [
    NtStatus.STATUS_FILE_CLOSED,
    {
      en: "Older Windows and Samba that speak no 3.x answer so: they take the FileId of the request for a closed file.",
      ja: "3.x を使わない古い Windows や Samba はこのように応答します。要求の FileId を、閉じられたファイルとみなすためです。",
    },
  ],
  [
    NtStatus.STATUS_INVALID_PARAMETER,
    {
      en: "Data ONTAP 7.3.7 answers so because it does not know the request; other servers when InputOffset or FileId is wrong.",
      ja: "Data ONTAP 7.3.7 は、この要求を知らないためこのように応答します。ほかのサーバーは InputOffset や FileId が正しくないときにこのように応答します。",
    },
  ],
  [
    NtStatus.STATUS_BUFFER_TOO_SMALL,
    {
      en: "Samba answers so when MaxOutputResponse is less than 24.",
      ja: "Samba は MaxOutputResponse が 24 未満のときにこのように応答します。",
    },
  ],
  [
    NtStatus.STATUS_USER_SESSION_DELETED,
    {
      en: "The server no longer knows the session; the client has to sign in again.",
      ja: "サーバーがセッションをすでに失っています。クライアントはサインインし直す必要があります。",
    },
  ],
]);

/** A sentence on who answers a validation with this status; undefined where nobody is known to. */
export function validateErrorProducers(status: number, language: Language): string | undefined {
  return producers.get(status)?.[language];
}
