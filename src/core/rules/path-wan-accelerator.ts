import { hexBytes } from "../bytes/hex.ts";
import type { ConnectionFacts, Side } from "../model/connectionFacts.ts";
import type { TcpOption } from "../net/keptHeader.ts";
import { deviceAddress, originOf } from "./accelerators.ts";
import type { Certainty, Verdict } from "./finding.ts";
import { inFrame } from "./frameText.ts";
import { defineRule } from "./rule.ts";
import { HOLDS, undetermined } from "./verdicts.ts";

type AcceleratorData = {
  /** Null: a device, but no known product. */
  product: string | null;
  kind: number;
  frame: number;
  /** Whose packet carries the option: the SYN or its answer. */
  side: Side;
  /** Address of the device, where the option says it. */
  device: string | null;
};

/** A TCP option in the handshake that only WAN accelerators and their like put there. */
export const pathWanAccelerator = defineRule<AcceleratorData>({
  id: "path-wan-accelerator",
  severity: "warning",
  subject: "connection",
  sections: ["RFC9293 3.1"],
  remedies: ["bypass-accelerator", "capture-both-sides"],
  identity: ["product", "kind"],
  check,
  texts: {
    en: () => ({
      name: "WAN accelerator on the path",
      recognises:
        "The TCP handshake carries an option that no client or server sends, but a WAN accelerator or another device on the path.",
      outcome: ({ product }) => (product === null ? "A device on the path takes part in TCP" : `${product} on the path`),
      title: ({ product }) =>
        product === null
          ? "A device between client and server takes part in this TCP connection."
          : `A device of the kind ${product} between client and server takes part in this TCP connection.`,
      what: ({ product, kind, frame, side, device }) =>
        `The ${side === "client" ? "client's SYN" : "server's answer to the SYN"} ${inFrame(frame)} carries the TCP option ${kind}, ` +
        (product === null ? "which no client or server sends." : `by which devices of the kind ${product} find each other.`) +
        (device === null ? "" : ` The option names the device: ${device}.`),
      why: () =>
        "Such a device ends TCP itself and may change SMB. Where it changes NEGOTIATE, validation fails and the connection is lost; where it cannot sign, it must not touch a signed session. This alone is no fault.",
      todo: ({ device }) => [
        `Look for other findings on this connection first. If it fails or is slow, let TCP port 445 between these two ends bypass the device${device === null ? "" : ` ${device}`} and try again.`,
        "Ask those who run the network whether the device may join in signed SMB, and whether it knows SMB 3.1.1.",
      ],
      limit: () =>
        "The option shows only between the client and the device, or between two devices. Whether the device changed SMB shows in captures on both sides of it.",
    }),
    ja: () => ({
      name: "経路上の WAN アクセラレーター",
      recognises:
        "TCP のハンドシェイクに、クライアントもサーバーも送らず、WAN アクセラレーターなど経路上の機器だけが付けるオプションがあります。",
      outcome: ({ product }) => (product === null ? "経路上の機器が TCP に介在" : `経路上に ${product}`),
      title: ({ product }) =>
        product === null
          ? "クライアントとサーバーの間の機器が、この TCP 接続に介在しています。"
          : `クライアントとサーバーの間の機器 (${product}) が、この TCP 接続に介在しています。`,
      what: ({ product, kind, frame, side, device }) =>
        `${side === "client" ? "クライアントの SYN" : "SYN に対するサーバーの応答"} ${inFrame(frame)} に TCP オプション ${kind} があります。` +
        (product === null
          ? "クライアントもサーバーも送らないオプションです。"
          : `${product} の機器が互いを見つけるために使うオプションです。`) +
        (device === null ? "" : `オプションには機器のアドレス ${device} が書かれています。`),
      why: () =>
        "このような機器は TCP を自分で終端し、SMB を書き換えることがあります。NEGOTIATE を書き換えると検証が失敗し、接続が失われます。署名できない機器は、署名付きのセッションに手を加えてはなりません。この検出だけでは異常ではありません。",
      todo: ({ device }) => [
        `まず、この接続のほかの検出を確認します。失敗する場合や遅い場合は、この両端の間の TCP ポート 445 を機器${device === null ? "" : ` ${device} `}からバイパスさせて、もう一度試してください。`,
        "ネットワークの担当者に、機器が署名付きの SMB に対応しているか、SMB 3.1.1 に対応しているかを確認します。",
      ],
      limit: () =>
        "このオプションは、クライアントと機器の間、または 2 台の機器の間でしか見えません。機器が SMB を書き換えたかどうかは、機器の両側のキャプチャで分かります。",
    }),
  },
});

function check(facts: ConnectionFacts): Verdict<AcceleratorData> | undefined {
  if (facts.messages === 0 && facts.smb1Messages === 0 && facts.path.unopened === null) return undefined;
  const { client, server } = facts.path;
  // Every connection is asked: what is usual is told without taking the headers apart.
  if (client.hasUnusualOption || server.hasUnusualOption) return checkOptions(facts);
  return client.opening === null && server.opening === null ? undetermined("handshake-missing") : HOLDS;
}

function checkOptions({ path }: ConnectionFacts): Verdict<AcceleratorData> {
  let found: Verdict<AcceleratorData> = HOLDS;
  for (const side of ["client", "server"] as const) {
    const { opening } = path[side];
    for (const option of opening?.options ?? []) {
      const origin = originOf(option);
      if (origin === undefined || opening === null) continue;
      if (origin === "experiment") found = undetermined("option-of-anybody");
      else if (origin === "device") return fails(option, side, opening.frame, "suspected", null, null);
      else {
        const { accelerator } = origin;
        return fails(option, side, opening.frame, accelerator.certainty, accelerator.product, deviceAddress(accelerator, option));
      }
    }
  }
  return found;
}

function fails(
  { kind, value }: TcpOption,
  side: Side,
  frame: number,
  certainty: Certainty,
  product: string | null,
  device: string | null,
): Verdict<AcceleratorData> {
  const bytes = hexBytes(Uint8Array.from(value), 0, value.length);
  return {
    verdict: "fails",
    certainty,
    data: { product, kind, frame, side, device },
    evidence: [{ frame, role: "observed", value: bytes === "" ? `TCP option ${kind}` : `TCP option ${kind}: ${bytes}` }],
  };
}
