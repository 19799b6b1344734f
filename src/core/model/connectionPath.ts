import type { EndHeader } from "../net/endHeaders.ts";
import type { TcpConnection } from "../net/tcpConnection.ts";
import type { SenderFacts } from "../net/tcpSender.ts";
import type { PathFacts } from "./pathFacts.ts";

/** The facts of the path as the connection keeps them: nothing is made before it is asked for. */
export class ConnectionPath implements PathFacts {
  private readonly tcp: TcpConnection;

  constructor(tcp: TcpConnection) {
    this.tcp = tcp;
  }

  get client(): SenderFacts {
    return this.tcp.client.sender;
  }

  get server(): SenderFacts {
    return this.tcp.server.sender;
  }

  get ends(): readonly EndHeader[] {
    return Array.from({ length: this.tcp.endHeaders.count }, (_, index) => this.tcp.endHeaders.read(index));
  }

  get unopened(): PathFacts["unopened"] {
    return this.tcp.unopened;
  }

  get synRepeats(): number {
    return this.tcp.synRepeats;
  }

  get isPlain(): boolean {
    const { client, server, endHeaders, unopened } = this.tcp;
    return (
      unopened === null &&
      !client.sender.isOddAtReset &&
      !server.sender.isOddAtReset &&
      !endHeaders.hasForeignTtl &&
      !client.sender.hasUnusualOption &&
      !server.sender.hasUnusualOption
    );
  }
}
