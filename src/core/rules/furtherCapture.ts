import type { Connection } from "../model/connection.ts";
import type { Side } from "../model/connectionFacts.ts";
import { pktmonLines, tcpdumpLine } from "./remedies/captureCommands.ts";

/** Where a further capture would have to be taken: at one end, or at both at the same time. */
export type CapturePlace = Side | "both";

/** A capture that would show what this one cannot. */
export interface FurtherCapture {
  readonly place: CapturePlace;
  /** In the language of libpcap, for tcpdump, dumpcap and Wireshark's capture options. */
  readonly filter: string;
  readonly commands: readonly CaptureCommand[];
}

export interface CaptureCommand {
  readonly platform: "windows" | "linux" | "ontap";
  /** Lines to run one after another; what stands in angle brackets is to be filled in. */
  readonly lines: readonly string[];
}

/**
 * The capture that would prove the rest, for this connection. Its filter names the other end only: what an end calls itself may be
 * translated on the way, and only the port is certain.
 */
export function furtherCapture(place: CapturePlace, { client, server }: Pick<Connection, "client" | "server">): FurtherCapture {
  const { port } = server;
  const hosts = place === "client" ? [server.address] : place === "server" ? [client.address] : [client.address, server.address];
  const filter = ["tcp port", port, ...hosts.flatMap((host) => ["and host", host])].join(" ");
  return {
    place,
    filter,
    commands: [
      { platform: "windows", lines: pktmonLines(`-t TCP -i ${hosts.join(" ")} -p ${port}`) },
      { platform: "linux", lines: [tcpdumpLine(`'${filter}'`)] },
      ...(place === "client" ? [] : [ontapCommand(client.address, port)]),
    ],
  };
}

function ontapCommand(client: string, port: number): CaptureCommand {
  return {
    platform: "ontap",
    lines: [
      `network tcpdump start -node <node> -port <port> -address ${client} -protocol-port ${port}`,
      "network tcpdump stop -node <node> -port <port>",
    ],
  };
}
