import { NtStatus } from "../spec/ntStatusValues.ts";
import { type StatusAdvices, statusAdvices } from "./statusAdvice.ts";

const NO_SHARE = {
  en: {
    todo: [
      "Check the spelling of the share, and that it exists on this server; list its shares on the server (Get-SmbShare, testparm).",
      "Check that the name leads to the right server: an old DNS entry or a moved DFS target gives this status too.",
    ],
  },
  ja: {
    todo: [
      "共有名のつづりと、このサーバーに共有があることを確認します。サーバーで共有の一覧を表示します (Get-SmbShare、testparm)。",
      "名前が正しいサーバーを指していることを確認します。古い DNS エントリーや移動した DFS ターゲットでも、このステータスになります。",
    ],
  },
} as const;

const DENIED = {
  en: {
    why: "The user lacks rights on the share, or the share or the server requires encryption that this client or dialect does not have, or the server did not accept that the request was unsigned or wrongly signed ([MS-SMB2] 3.3.5.7, 3.3.5.2.4).",
    todo: [
      "Check the permissions of the share and of the folder behind it for this user (Get-SmbShareAccess; in Samba valid users and the rights of the folder).",
      "Check whether the share or the server requires encryption (EncryptData with RejectUnencryptedAccess) and the client speaks SMB 3.x with it.",
      "Where IPC$ is refused to a user with rights too, look at signing: rights on a share do not explain that.",
    ],
  },
  ja: {
    why: "ユーザーに共有のアクセス権がないか、共有やサーバーがこのクライアントやダイアレクトにない暗号化を必須にしているか、署名がないまたは正しくない要求をサーバーが受け入れませんでした ([MS-SMB2] 3.3.5.7、3.3.5.2.4)。",
    todo: [
      "共有とそのフォルダーに対するこのユーザーのアクセス権を確認します (Get-SmbShareAccess。Samba では valid users とフォルダーの権限)。",
      "共有やサーバーが暗号化を必須にしているか (EncryptData と RejectUnencryptedAccess)、クライアントが SMB 3.x の暗号化を使えるかを確認します。",
      "権限のあるユーザーが IPC$ でも拒否されるなら、署名を確認します。共有のアクセス権では説明できません。",
    ],
  },
} as const;

const CLUSTER = {
  en: {
    why: "The server is a node of a cluster whose nodes do not all speak SMB 3.1.1, as during a rolling upgrade. For this share it asks the client to come back with a lower dialect: the client opens another connection, with a new ClientGuid, on purpose ([MS-SMB2] 3.3.5.7, 3.2.5.5). This lower dialect is no sign of a changed NEGOTIATE.",
    todo: [
      "Nothing, where the client connects again with a lower dialect and goes on.",
      "Finish the upgrade of all nodes and raise the functional level of the cluster, so that 3.1.1 is used again.",
    ],
  },
  ja: {
    why: "サーバーはクラスターのノードで、ローリング アップグレード中のように、一部のノードが SMB 3.1.1 に対応していません。この共有では低いダイアレクトで接続し直すようクライアントに求めています。クライアントは意図的に、新しい ClientGuid で別の接続を開きます ([MS-SMB2] 3.3.5.7、3.2.5.5)。この低いダイアレクトは NEGOTIATE の書き換えを示すものではありません。",
    todo: [
      "クライアントが低いダイアレクトで接続し直して通信を続けていれば、対処は要りません。",
      "すべてのノードのアップグレードを終え、クラスターの機能レベルを上げて、3.1.1 が再び使われるようにします。",
    ],
  },
} as const;

const SESSION_GONE = {
  en: {
    why: "The server does not know the session any more: it was restarted, it ended the session, or it takes this client for another one, because the same ClientGuid came with another dialect over another connection ([MS-SMB2] 3.3.5.2.9, 3.3.5.5.3).",
    todo: [
      "Nothing, where the client signs in again and goes on; otherwise disconnect the share and connect it again.",
      "Where it happens again, compare the dialects of all connections of this client to the server.",
    ],
  },
  ja: {
    why: "サーバーがこのセッションをもう知りません。再起動したか、セッションを終了したか、同じ ClientGuid が別の接続で別のダイアレクトを使ったため、別のクライアントとみなしています ([MS-SMB2] 3.3.5.2.9、3.3.5.5.3)。",
    todo: [
      "クライアントがサインインし直して通信を続けていれば、対処は要りません。続けていなければ、共有を切断して接続し直します。",
      "繰り返し起きるなら、このクライアントとサーバーの間のすべての接続のダイアレクトを比べます。",
    ],
  },
} as const;

const LIMIT = {
  en: { todo: ["Look at the limit of users of the share and at the resources of the server; close what is not used, or raise the limit."] },
  ja: { todo: ["共有のユーザー数の上限とサーバーのリソースを確認し、使われていないものを閉じるか、上限を上げます。"] },
} as const;

const TEMPORARY = {
  en: { todo: ["Look at the state of the share and of the storage or cluster behind it on the server, and try again."] },
  ja: { todo: ["サーバーで共有の状態と、その背後のストレージやクラスターの状態を確認し、もう一度試します。"] },
} as const;

/** What it means that a TREE_CONNECT ends with an NTSTATUS, and what to do ([MS-SMB2] 3.3.5.7, [MS-ERREF] 2.3.1). */
export const SHARE_ADVICES: StatusAdvices = statusAdvices([
  [NtStatus.STATUS_BAD_NETWORK_NAME, NO_SHARE],
  [NtStatus.STATUS_BAD_NETWORK_PATH, NO_SHARE],
  [NtStatus.STATUS_OBJECT_NAME_NOT_FOUND, NO_SHARE],
  [NtStatus.STATUS_OBJECT_PATH_NOT_FOUND, NO_SHARE],
  [NtStatus.STATUS_ACCESS_DENIED, DENIED],
  [NtStatus.STATUS_NETWORK_ACCESS_DENIED, DENIED],
  [NtStatus.STATUS_SMB_BAD_CLUSTER_DIALECT, CLUSTER],
  [NtStatus.STATUS_USER_SESSION_DELETED, SESSION_GONE],
  [NtStatus.STATUS_NETWORK_SESSION_EXPIRED, SESSION_GONE],
  [NtStatus.STATUS_REQUEST_NOT_ACCEPTED, LIMIT],
  [NtStatus.STATUS_CONNECTION_COUNT_LIMIT, LIMIT],
  [NtStatus.STATUS_INSUFFICIENT_RESOURCES, LIMIT],
  [NtStatus.STATUS_INSUFF_SERVER_RESOURCES, LIMIT],
  [NtStatus.STATUS_SHARING_PAUSED, TEMPORARY],
  [NtStatus.STATUS_SHARE_UNAVAILABLE, TEMPORARY],
  [NtStatus.STATUS_FILE_NOT_AVAILABLE, TEMPORARY],
  [NtStatus.STATUS_SERVER_UNAVAILABLE, TEMPORARY],
]);
