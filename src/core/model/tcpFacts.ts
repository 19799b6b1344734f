import type { Endpoint } from "../net/endpoint.ts";
import type { TcpConnection } from "../net/tcpConnection.ts";
import { ConnectionPath } from "./connectionPath.ts";
import type { PassRecorder } from "./passRecorder.ts";
import type { PathFacts } from "./pathFacts.ts";

const NETBIOS_PORT = 139;

/** What a follower knows from the TCP connection itself, read there when it is asked for. Values as in `ConnectionFacts`. */
export abstract class TcpFacts {
  readonly recorder: PassRecorder;
  protected tcp: TcpConnection | null = null;
  private ownPath: ConnectionPath | null = null;

  constructor(recorder: PassRecorder) {
    this.recorder = recorder;
  }

  protected follow(tcp: TcpConnection): void {
    if (this.tcp !== tcp) this.ownPath = null;
    this.tcp = tcp;
  }

  get client(): Endpoint {
    return this.endpoint(true);
  }

  get server(): Endpoint {
    return this.endpoint(false);
  }

  get netbios(): boolean {
    return this.server.port === NETBIOS_PORT;
  }

  get synSeen(): boolean {
    return this.tcp?.synSeen ?? false;
  }

  get firstFrame(): number {
    return this.tcp?.firstFrame ?? 0;
  }

  get firstTime(): number {
    return this.tcp?.firstTime ?? 0;
  }

  get lastFrame(): number {
    return this.tcp?.lastFrame ?? 0;
  }

  get lastTime(): number {
    return this.tcp?.lastTime ?? 0;
  }

  get lostFromClient(): number {
    return this.tcp?.client.lostBytes ?? 0;
  }

  get lostFromServer(): number {
    return this.tcp?.server.lostBytes ?? 0;
  }

  get serverSilent(): boolean {
    return this.tcp?.server.isSilent ?? false;
  }

  get dataSegments(): number {
    return this.tcp?.dataSegments ?? 0;
  }

  get repeatedSegments(): number {
    return this.tcp?.repeats ?? 0;
  }

  get firstRepeatFrame(): number | null {
    return this.tcp?.repeatFrame || null;
  }

  get firstRepeatOf(): number | null {
    return this.tcp?.repeatOf || null;
  }

  get path(): PathFacts {
    this.ownPath ??= new ConnectionPath(this.begun());
    return this.ownPath;
  }

  private endpoint(ofClient: boolean): Endpoint {
    const tcp = this.begun();
    return this.recorder.endpoint(tcp.flow, ofClient ? tcp.clientEnd : 1 - tcp.clientEnd);
  }

  protected begun(): TcpConnection {
    if (this.tcp === null) throw new Error("a connection that has not begun has no flow");
    return this.tcp;
  }
}
