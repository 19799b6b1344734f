import { NtStatus } from "../spec/ntStatusValues.ts";
import { type StatusAdvices, statusAdvices } from "./statusAdvice.ts";

/** What it means that the binding of a session to another connection ends with an NTSTATUS, and what to do ([MS-SMB2] 3.3.5.5). */
export const BIND_ADVICES: StatusAdvices = statusAdvices([
  [
    NtStatus.STATUS_INVALID_PARAMETER,
    {
      en: {
        why: "This connection settled on another dialect or other algorithms than the one of the session, or the request was not signed ([MS-SMB2] 3.3.5.5).",
        todo: [
          "Compare the NEGOTIATE of this connection with that of the session's first one: where the dialect differs, a device on one of the two paths changes it, or a load balancer leads to another server.",
        ],
      },
      ja: {
        why: "この接続のダイアレクトやアルゴリズムがセッションの接続と異なるか、要求に署名がありません ([MS-SMB2] 3.3.5.5)。",
        todo: [
          "この接続の NEGOTIATE と、セッションの最初の接続の NEGOTIATE を比べます。ダイアレクトが異なるなら、どちらかの経路の機器が書き換えているか、ロード バランサーが別のサーバーに導いています。",
        ],
      },
    },
  ],
  [
    NtStatus.STATUS_USER_SESSION_DELETED,
    {
      en: {
        why: "The server at the end of this connection does not have the session, or it has it for another ClientGuid ([MS-SMB2] 3.3.5.5).",
        todo: [
          "Compare ServerGuid in the NEGOTIATE responses of both connections: where it differs, the addresses lead to different servers or nodes.",
          "Take a load balancer out of the way of SMB, and check the addresses that the server gives out for multichannel.",
        ],
      },
      ja: {
        why: "この接続の先のサーバーにセッションがないか、別の ClientGuid のセッションになっています ([MS-SMB2] 3.3.5.5)。",
        todo: [
          "両方の接続の NEGOTIATE 応答の ServerGuid を比べます。異なっていれば、アドレスが別のサーバーやノードを指しています。",
          "SMB の経路からロード バランサーを外し、サーバーがマルチチャネル用に示すアドレスを確認します。",
        ],
      },
    },
  ],
  [
    NtStatus.STATUS_REQUEST_NOT_ACCEPTED,
    {
      en: {
        why: "The server has multichannel switched off or does not have it at this dialect, has the session on this connection already, or still signs it in ([MS-SMB2] 3.3.5.5).",
        todo: ["Switch multichannel on at the server where it is wanted, else off at the client: then it does not try."],
      },
      ja: {
        why: "サーバーのマルチチャネルが無効か、このダイアレクトでは使えないか、セッションがすでにこの接続にあるか、まだサインインの途中です ([MS-SMB2] 3.3.5.5)。",
        todo: ["マルチチャネルを使うならサーバーで有効にします。使わないならクライアントで無効にすると、試みなくなります。"],
      },
    },
  ],
  [
    NtStatus.STATUS_NETWORK_SESSION_EXPIRED,
    {
      en: {
        todo: [
          "Nothing, where the client signs the session in again and then binds it; otherwise disconnect the share and connect it again.",
        ],
      },
      ja: {
        todo: ["クライアントがサインインし直してからバインドしていれば、対処は要りません。していなければ、共有を切断して接続し直します。"],
      },
    },
  ],
  [
    NtStatus.STATUS_NOT_SUPPORTED,
    {
      en: {
        why: "The session is a guest's or anonymous, belongs to another user, or the server cannot bind sessions ([MS-SMB2] 3.3.5.5).",
        todo: ["Sign in with an account of the server instead of as a guest; otherwise switch multichannel off at the client."],
      },
      ja: {
        why: "セッションがゲストか匿名のもの、または別のユーザーのものか、サーバーがセッションをバインドできません ([MS-SMB2] 3.3.5.5)。",
        todo: ["ゲストではなくサーバーのアカウントでサインインします。そうでなければ、クライアントでマルチチャネルを無効にします。"],
      },
    },
  ],
  [
    NtStatus.STATUS_ACCESS_DENIED,
    {
      en: {
        why: "The signature of the request does not verify with the key of the session ([MS-SMB2] 3.3.5.2.4).",
        todo: ["Compare the dialects and signing algorithms of both connections, and capture at both ends of this one."],
      },
      ja: {
        why: "要求の署名がセッションの鍵では正しくありません ([MS-SMB2] 3.3.5.2.4)。",
        todo: ["両方の接続のダイアレクトと署名アルゴリズムを比べ、この接続の両端でキャプチャを取ります。"],
      },
    },
  ],
]);
