/** How a file of a format that is not read becomes one that is. */
export interface KnownFormat {
  readonly name: string;
  /**
   * `unpack`: it is compressed. `convert`: another capture format. `trace`: a Windows event trace. `origin`: only its
   * own program reads it. `recapture`: nothing converts it. `none`: it holds no frames.
   */
  readonly advice: "unpack" | "convert" | "trace" | "origin" | "recapture" | "none";
  /** The command that does it, with made-up file names; empty where there is none. */
  readonly command: string;
}

const FORMATS: Readonly<Record<string, KnownFormat>> = {
  gzip: { name: "gzip", advice: "unpack", command: "gzip -dk capture.pcapng.gz" },
  zstd: { name: "Zstandard", advice: "unpack", command: "zstd -d capture.pcapng.zst" },
  lz4: { name: "LZ4", advice: "unpack", command: "lz4 -d capture.pcapng.lz4 capture.pcapng" },
  bzip2: { name: "bzip2", advice: "unpack", command: "bzip2 -dk capture.pcapng.bz2" },
  xz: { name: "xz", advice: "unpack", command: "xz -dk capture.pcapng.xz" },
  zip: { name: "ZIP", advice: "unpack", command: "unzip capture.zip   # Windows: tar -xf capture.zip" },
  cab: { name: "CAB", advice: "unpack", command: "expand capture.cab -F:* .   # Linux: cabextract capture.cab" },
  etl: { name: "ETL", advice: "trace", command: "pktmon etl2pcap capture.etl --out capture.pcapng" },
  nettl: { name: "nettl", advice: "convert", command: editcap("capture.trc") },
  netscaler: { name: "NetScaler nstrace", advice: "convert", command: editcap("nstrace.cap") },
  netxray: { name: "NetXRay", advice: "convert", command: editcap("capture.cap") },
  sniffer: { name: "Sniffer", advice: "convert", command: editcap("capture.enc") },
  "message-analyzer": { name: "Microsoft Message Analyzer", advice: "origin", command: "pktmon etl2pcap capture.etl --out capture.pcapng" },
  "pcap-mesquita": { name: "a variant of pcap (F. Mesquita)", advice: "recapture", command: "" },
  "pcap-navtel": { name: "a variant of pcap (Navtel)", advice: "recapture", command: "" },
  "cbpf-savefile": { name: "a BPF filter program", advice: "none", command: "" },
};

/** What is known of the format that an `unsupported-format` issue names; an unknown name stands for itself. */
export function knownFormat(id: string): KnownFormat {
  const known = Object.hasOwn(FORMATS, id) ? FORMATS[id] : undefined;
  return known ?? { name: id, advice: "convert", command: editcap("capture") };
}

function editcap(file: string): string {
  return `editcap -F pcapng ${file} capture.pcapng`;
}
