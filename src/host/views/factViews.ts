import {
  type ConnectionDetail,
  type ConnectionFacts,
  type Evidence,
  escapeForDisplay,
  type Finding,
  formatSpan,
  ntStatusName,
} from "../../core/index.ts";
import type { BoxedValue, FactView } from "../../protocol/views.ts";
import { boxDifference, plainValue, upperHex } from "./boxedValue.ts";
import { ConnectionMessages, type NamedMessage, VALIDATE_NAME } from "./connectionMessages.ts";
import { flagNote } from "./flagNote.ts";
import type { HostTexts, ToldCommand } from "./texts.ts";

const MOST_SHOWN = 3;
const NEGOTIATE = 0;
const IOCTL = 11;
const STATUS = "Status";

/** The proof of a finding: at most three facts to show, the others behind "All evidence". */
export interface FactViews {
  readonly shown: readonly FactView[];
  readonly more: readonly FactView[];
}

/** Two pieces of evidence whose values contradict each other, in the order of their frames. */
interface Contradiction {
  readonly first: Evidence;
  readonly second: Evidence;
}

/** The proof of a finding, ordered by frame: the two values that contradict each other before anything else, then what followed. */
export function factsOfFinding(finding: Finding, detail: ConnectionDetail, texts: HostTexts): FactViews {
  const pair = contradiction(finding.evidence);
  const chosen = choose(finding.evidence, pair);
  const rest = finding.evidence.filter((evidence) => !chosen.includes(evidence));
  return new FactWriter(detail, texts, pair).write(chosen, rest);
}

/** What the capture holds of negotiation and validation, where nothing can be said against the connection. */
export function factsOfConnection(detail: ConnectionDetail, texts: HostTexts): FactViews {
  const evidence = contextEvidence(detail.facts);
  return new FactWriter(detail, texts, undefined).write(evidence.slice(0, MOST_SHOWN), evidence.slice(MOST_SHOWN));
}

/** The two contradicting values of a finding's proof; undefined where it rests on no such pair. */
export function contradiction(evidence: readonly Evidence[]): Contradiction | undefined {
  const expected = evidence.find((one) => one.role === "expected" && one.value !== undefined && one.field !== undefined);
  const observed = evidence.find((one) => one.role === "observed" && one.value !== undefined && one.field !== undefined);
  if (expected === undefined || observed === undefined || expected.frame === observed.frame) return undefined;
  if (expected.value === observed.value) return undefined;
  return expected.frame < observed.frame ? { first: expected, second: observed } : { first: observed, second: expected };
}

function choose(evidence: readonly Evidence[], pair: Contradiction | undefined): readonly Evidence[] {
  const of = (role: Evidence["role"]) => evidence.filter((one) => one.role === role);
  // Of what one must know, the nearest to the end of the story says most.
  const context = of("context").sort((one, other) => other.frame - one.frame);
  const ranked = pair
    ? [pair.first, pair.second, ...of("effect"), ...of("observed"), ...of("expected"), ...context]
    : [...of("observed"), ...of("expected"), ...of("effect"), ...context];
  return [...new Set(ranked)].slice(0, MOST_SHOWN);
}

function contextEvidence(facts: ConnectionFacts): readonly Evidence[] {
  const evidence: Evidence[] = [];
  const add = (command: number, response: boolean, frame: number | undefined) => {
    if (frame !== undefined) evidence.push({ frame, role: "context", command, response });
  };
  for (const [command, exchanges] of [
    [NEGOTIATE, facts.negotiates],
    [IOCTL, facts.validations],
  ] as const) {
    for (const { request, response } of exchanges) {
      add(command, false, request?.frame);
      add(command, true, response?.frame);
    }
  }
  return evidence;
}

class FactWriter {
  private readonly messages: ConnectionMessages;
  private readonly texts: HostTexts;
  private readonly pair: Contradiction | undefined;
  private readonly beforeFiles: boolean;

  constructor(detail: ConnectionDetail, texts: HostTexts, pair: Contradiction | undefined) {
    this.messages = new ConnectionMessages(detail);
    this.texts = texts;
    this.pair = pair;
    // Requests for files could hide inside encrypted messages.
    this.beforeFiles = detail.facts.fileRequests === 0 && detail.facts.encryptedMessages === 0;
  }

  write(shown: readonly Evidence[], more: readonly Evidence[]): FactViews {
    const inOrder = (evidence: readonly Evidence[]) => [...evidence].sort((one, other) => one.frame - other.frame);
    return { shown: this.writeAll(inOrder(shown)), more: this.writeAll(inOrder(more)) };
  }

  private writeAll(evidence: readonly Evidence[]): readonly FactView[] {
    return evidence.map((one, index) => this.fact(one, evidence[index - 1]));
  }

  private fact(evidence: Evidence, previous: Evidence | undefined): FactView {
    const contradictsPrevious = this.pair !== undefined && evidence === this.pair.second && previous === this.pair.first;
    const message = this.messageOf(evidence);
    if (message === undefined) return { ...this.tcpFact(evidence, previous), contradictsPrevious };
    const common = { frame: evidence.frame, detail: this.detailOf(message), contradictsPrevious };
    if (evidence.field === STATUS) return { ...common, title: this.messageTitle(message), value: this.valueOf(evidence), note: "" };
    if (evidence.field !== undefined && evidence.value !== undefined) {
      return {
        ...common,
        title: this.fieldTitle(evidence, evidence.field, message),
        value: this.valueOf(evidence),
        note: this.noteOf(evidence, message),
      };
    }
    const since =
      evidence.role === "effect" ? this.since(evidence, previous) : { value: this.valueOf(evidence), note: this.statusNote(message) };
    return { ...common, title: this.messageTitle(message), ...since };
  }

  private messageOf({ frame, command, response, role }: Evidence): NamedMessage | undefined {
    if (command !== undefined) return this.messages.message(frame, command, response === true);
    return role === "effect" ? undefined : this.messages.anyIn(frame);
  }

  private tcpFact(evidence: Evidence, previous: Evidence | undefined): Omit<FactView, "contradictsPrevious"> {
    const { overview } = this.texts;
    const end = this.messages.end(evidence.frame);
    if (end === undefined) return { frame: evidence.frame, title: overview.tcpFrame, detail: "", value: this.valueOf(evidence), note: "" };
    const title = end.how === "RST" ? overview.reset(end.by) : overview.closed(end.by);
    return { frame: evidence.frame, title, detail: overview.endDetail(end.how, this.beforeFiles), ...this.since(evidence, previous) };
  }

  /** The time since the fact before, which tells an effect from what happened later. */
  private since(evidence: Evidence, previous: Evidence | undefined): Pick<FactView, "value" | "note"> {
    const time = this.messages.time(evidence.frame);
    const before = previous && this.messages.time(previous.frame);
    if (time === undefined || previous === undefined || before === undefined) return { value: null, note: "" };
    return {
      value: plainValue(`+${formatSpan(time - before, this.texts.language)}`),
      note: this.texts.overview.afterFrame(previous.frame),
    };
  }

  private fieldTitle(evidence: Evidence, field: string, message: NamedMessage): string {
    const { overview, common } = this.texts;
    const inPair = evidence === this.pair?.first || evidence === this.pair?.second;
    if (inPair && evidence.command === NEGOTIATE) return overview.received(field, message.response ? "client" : "server");
    if (!inPair || message.name !== VALIDATE_NAME) return overview.fieldIn(field, common.message(message.name, message.response));
    const isOriginal = message.protection === "signed" || message.protection === "encrypted";
    return isOriginal ? overview.sent(field, message.response ? "server" : "client") : overview.repeated(field);
  }

  private messageTitle(message: NamedMessage): string {
    const key = message.name === VALIDATE_NAME ? "VALIDATE" : message.name;
    const told = Object.hasOwn(this.texts.overview.told, key) ? this.texts.overview.told[key as ToldCommand] : undefined;
    if (told === undefined) return this.texts.common.message(message.name, message.response);
    return message.response ? told.response : told.request;
  }

  private detailOf(message: NamedMessage): string {
    const { common } = this.texts;
    const name = common.message(message.name, message.response);
    return message.protection === null ? name : name + common.comma + common.protection[message.protection];
  }

  private valueOf(evidence: Evidence): BoxedValue | null {
    if (evidence.value === undefined) return null;
    const text = shownValue(evidence.value);
    const { pair } = this;
    if (pair === undefined || (evidence !== pair.first && evidence !== pair.second)) return plainValue(text);
    // What NEGOTIATE said is the changed value, what its protected repetition says is the original.
    const changed = pair.second.command === NEGOTIATE ? pair.second : pair.first;
    const original = changed === pair.first ? pair.second : pair.first;
    const [was, now] = boxDifference(shownValue(changed.value ?? ""), shownValue(original.value ?? ""));
    return evidence === changed ? was : now;
  }

  private noteOf(evidence: Evidence, message: NamedMessage): string {
    const partner = evidence === this.pair?.first ? this.pair.second : evidence === this.pair?.second ? this.pair.first : undefined;
    return flagNote(evidence.field ?? "", evidence.value ?? "", partner?.value, this.texts) || this.statusNote(message);
  }

  private statusNote(message: NamedMessage): string {
    return message.status === null || message.status === 0 ? "" : ntStatusName(message.status);
  }
}

function shownValue(value: string): string {
  return escapeForDisplay(upperHex(value));
}
