import { inBoth, type SnippetSource } from "./snippet.ts";

/** The SMB service started where it is stopped, system by system. Firewalls are left to those who know their rules. */
export const openSmbPort: readonly SnippetSource[] = [
  {
    platform: "windows-server",
    language: "powershell",
    code: "Start-Service LanmanServer",
    effect: {
      en: "Starts the service “Server” where it is stopped. What stopped it stands in the event log System.",
      ja: "停止している Server サービスを開始します。停止した理由は、イベント ログのシステムで確認できます。",
    },
    undo: inBoth("Stop-Service LanmanServer"),
    check: inBoth("Get-NetTCPConnection -LocalPort 445 -State Listen"),
  },
  {
    platform: "windows-client",
    language: "powershell",
    code: "Test-NetConnection -ComputerName SERVER -Port 445",
    effect: {
      en: "Changes nothing: tries to connect and says whether the port answers. Run it on the client, and on a machine next to the server.",
      ja: "何も変更しません。接続を試み、ポートが応答するかどうかを示します。クライアントと、サーバーの近くにあるコンピューターの両方で実行します。",
    },
    undo: { en: "Nothing is changed.", ja: "何も変更しません。" },
    check: inBoth("TcpTestSucceeded : True"),
  },
];
