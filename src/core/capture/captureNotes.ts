/** What a capture file says besides its frames. All texts are hostile. Bounded: of a list that is too long the beginning is kept. */
export interface CaptureNotes {
  /** The program that wrote the file, the system it ran on and the machine, as the last section that names them has it. */
  readonly program: string | null;
  readonly system: string | null;
  readonly hardware: string | null;
  readonly comments: readonly CaptureComment[];
  /** Names of addresses that the capturing program had resolved. */
  readonly names: readonly ResolvedName[];
  /** Decryption secrets, e.g. a TLS key log. */
  readonly secrets: readonly DecryptionSecrets[];
  /** Journal entries and events between the frames. */
  readonly entries: readonly JournalEntry[];
  /** Processes that the capturing program knew of. */
  readonly processes: readonly CaptureProcess[];
  /** Frames that the capturing program says it lost; by its own count, over all interfaces. */
  readonly dropped: number;
  /** Times are the local ones of the capturing machine, whose zone the file does not name. */
  readonly localTime: boolean;
}

export interface CaptureComment {
  readonly about: "section" | "interface" | "frame";
  /** Number of the interface or frame; 0 for a section. */
  readonly number: number;
  readonly text: string;
}

export interface ResolvedName {
  /** 4 or 16 bytes of an IP address in hexadecimal. */
  readonly address: string;
  readonly name: string;
}

export interface DecryptionSecrets {
  /** secrets_type of the pcapng draft, e.g. 0x544c534b for a TLS key log. */
  readonly type: number;
  readonly bytes: Uint8Array;
}

export interface JournalEntry {
  readonly frame: number;
  readonly text: string;
}

export interface CaptureProcess {
  readonly path: string;
  readonly id: number;
  readonly localPort: number;
  readonly remotePort: number;
  /** IP addresses in hexadecimal, 4 or 16 bytes. */
  readonly localAddress: string;
  readonly remoteAddress: string;
}

const MOST_OF_A_KIND = 4096;
/** Bytes of one text that are decoded. */
export const LONGEST_TEXT = 4096;
/** Characters and bytes over all notes. */
const MOST_IN_ALL = 4 * 1024 * 1024;

type ListName = "comments" | "names" | "secrets" | "entries" | "processes";

/** Collects the notes of a file, within bounds. */
export class NoteCollector implements CaptureNotes {
  program: string | null = null;
  system: string | null = null;
  hardware: string | null = null;
  readonly comments: CaptureComment[] = [];
  readonly names: ResolvedName[] = [];
  readonly secrets: DecryptionSecrets[] = [];
  readonly entries: JournalEntry[] = [];
  readonly processes: CaptureProcess[] = [];
  localTime = false;
  /** Size of what is kept. */
  private size = 0;
  private readonly cut = new Set<ListName>();
  /** Latest count of an interface's statistics, and the sum of the counts between its frames, by interface. */
  private readonly counted = new Map<number, number>();
  private readonly between = new Map<number, number>();

  get dropped(): number {
    const interfaces = new Set([...this.counted.keys(), ...this.between.keys()]);
    let sum = 0;
    // Both count the same frames where a program writes both.
    for (const one of interfaces) sum += Math.max(this.counted.get(one) ?? 0, this.between.get(one) ?? 0);
    return Math.min(sum, Number.MAX_SAFE_INTEGER);
  }

  /** Takes an interface's count of lost frames since the capture began. */
  droppedInAll(interfaceId: number, frames: number): void {
    if (frames > 0) this.counted.set(interfaceId, frames);
  }

  /** Takes the number of frames that were lost before the next one. */
  droppedBetween(interfaceId: number, frames: number): void {
    if (frames > 0) this.between.set(interfaceId, (this.between.get(interfaceId) ?? 0) + frames);
  }

  /** Texts that are longer than `LONGEST_TEXT` are for the caller to cut, before they are decoded. */
  comment(about: CaptureComment["about"], number: number, text: string): void {
    if (this.fits("comments", text.length)) this.comments.push({ about, number, text });
  }

  name(address: string, name: string): void {
    if (this.fits("names", name.length)) this.names.push({ address, name });
  }

  /** Keeps a copy. */
  secret(type: number, bytes: Uint8Array): void {
    if (this.fits("secrets", bytes.length)) this.secrets.push({ type, bytes: bytes.slice() });
  }

  entry(frame: number, text: string): void {
    if (this.fits("entries", text.length)) this.entries.push({ frame, text });
  }

  process(process: CaptureProcess): void {
    if (this.fits("processes", process.path.length)) this.processes.push(process);
  }

  /** True while another one of the list would be kept, so that nothing is decoded in vain. */
  wants(list: ListName): boolean {
    return !this.cut.has(list);
  }

  private fits(list: ListName, size: number): boolean {
    if (this[list].length >= MOST_OF_A_KIND || this.size + size > MOST_IN_ALL) this.cut.add(list);
    if (this.cut.has(list)) return false;
    this.size += size;
    return true;
  }
}
