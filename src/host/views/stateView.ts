import {
  type Capture,
  escapeForDisplay,
  FATAL_ISSUES,
  formatClockSeconds,
  formatCount,
  type Issue,
  issueText,
  knownFormat,
  linkTypeName,
  readExtent,
  spacedHex,
} from "../../core/index.ts";
import type { StateSectionView, StateView } from "../../protocol/views.ts";
import { banners, sentences } from "./banners.ts";
import { issueNumber, issueWord } from "./issueData.ts";
import type { HostTexts } from "./texts.ts";

type Button = StateView["buttons"][number];
type Row = StateSectionView["rows"][number];

const CAPTURE_COMMANDS = [
  "pktmon start --capture --pkt-size 0 --file-name smb.etl   # Windows",
  "pktmon stop",
  "pktmon etl2pcap smb.etl --out smb.pcapng",
  "tcpdump -i any -s 0 -w smb.pcap tcp port 445              # Linux",
].join("\n");

/** The page in place of a result: the file cannot be read as a capture, or it holds no SMB. Null where there is SMB to show. */
export function stateView(capture: Capture, connections: number, ports: readonly number[], texts: HostTexts): StateView | null {
  const fatal = capture.issues.find((issue) => FATAL_ISSUES.has(issue.kind));
  if (fatal !== undefined && capture.frames === 0) return fatalState(fatal, capture, texts);
  if (connections > 0) return null;
  if (capture.frames === 0) return noFrames(capture, texts);
  const unsupported = capture.issues.find((issue) => issue.kind === "link-type-unsupported");
  if (unsupported !== undefined && capture.tcpConnections === 0) return linkTypeState(unsupported, capture, texts);
  if (readExtent(capture) === "unreadable") return closedFrames(capture, texts);
  return noSmb(capture, ports, texts);
}

/** The page for a file that could not be opened, or not be read at all. `reason` is what the system said. */
export function unreadableState(reason: string, { state }: HostTexts): StateView {
  const buttons = [button("retry", state.buttons.retry, true), button("show-log", state.buttons.showLog, false)];
  return page(state.unreadableTitle, state.unreadableText(escapeForDisplay(reason)), [], buttons);
}

function fatalState(issue: Issue, capture: Capture, texts: HostTexts): StateView {
  const { state } = texts;
  switch (issue.kind) {
    case "empty-file":
      return page(
        state.titles.empty,
        state.emptyText,
        [howToCapture(texts)],
        [anotherButton(texts), button("retry", state.buttons.retry, false)],
      );
    case "unsupported-format":
      return unsupportedState(issueWord(issue, "format"), capture, texts);
    case "internal-error":
      return noFrames(capture, texts);
    case "packed-twice": {
      const { what, todo } = issueText(issue, capture, texts.language);
      return page(what, todo, [whatWasRead([sizeRow(capture, texts)], texts)], [anotherButton(texts)]);
    }
    case "read-failed":
      return unreadableState(issueWord(issue, "reason"), texts);
    default: {
      const text = state.notACaptureText(spacedHex(issueWord(issue, "magic")));
      const buttons = [anotherButton(texts), button("open-as-text", state.buttons.openAsText, false)];
      return page(state.titles.notACapture, text, [whatWasRead([sizeRow(capture, texts)], texts), howToCapture(texts)], buttons);
    }
  }
}

function unsupportedState(format: string, capture: Capture, texts: HostTexts): StateView {
  const { state } = texts;
  const { name, advice, command } = knownFormat(format);
  const convert = section(state.howToConvert, state.convertText, [], command);
  return page(
    state.unsupportedTitle(escapeForDisplay(name)),
    state.unsupported[advice],
    [whatWasRead([sizeRow(capture, texts)], texts), ...(command === "" ? [] : [convert])],
    [anotherButton(texts)],
  );
}

function noFrames(capture: Capture, texts: HostTexts): StateView {
  const { state } = texts;
  const [trouble] = banners(capture, false, texts);
  const text = trouble === undefined ? state.noFramesText : sentences([trouble.bold, trouble.text], texts);
  return page(state.titles.noFrames, text, [whatWasRead([sizeRow(capture, texts)], texts), howToCapture(texts)], [anotherButton(texts)]);
}

/** What a banner would say, where a page stands in place of the views. */
function troubleSections(capture: Capture, texts: HostTexts): readonly StateSectionView[] {
  return banners(capture, false, texts).map(({ bold, text }) => section(bold, text, [], ""));
}

function linkTypeState(issue: Issue, capture: Capture, texts: HostTexts): StateView {
  const { state } = texts;
  const text = state.linkTypeText(linkTypeName(issueNumber(issue, "linkType")));
  return page(state.titles.linkType, text, [whatWasRead([framesRow(capture, texts)], texts), howToCapture(texts)], [anotherButton(texts)]);
}

/** Frames that are encrypted, or of a link type or interface that is not known: what they carry cannot be told. */
function closedFrames(capture: Capture, texts: HostTexts): StateView {
  const { state } = texts;
  const sections = [...troubleSections(capture, texts), whatWasRead([framesRow(capture, texts)], texts), howToCapture(texts)];
  return page(state.titles.closedFrames, state.closedFramesText, sections, [anotherButton(texts)]);
}

function noSmb(capture: Capture, ports: readonly number[], texts: HostTexts): StateView {
  const { state } = texts;
  const read = capture.complete ? state.readToEnd : state.readPart(formatCount(capture.frames));
  const text = sentences([read, state.noSmbAmongTcp], texts);
  return page(
    readExtent(capture) === "whole" ? state.titles.noSmb : state.titles.noSmbInPart,
    text,
    [
      ...troubleSections(capture, texts),
      whatWasRead(readRows(capture, ports, texts), texts),
      section(state.ifExpected, state.startBefore, [], CAPTURE_COMMANDS),
    ],
    [anotherButton(texts), button("other-port", state.buttons.otherPort, false)],
  );
}

function readRows(capture: Capture, ports: readonly number[], texts: HostTexts): readonly Row[] {
  const { state } = texts;
  return [
    framesRow(capture, texts),
    { name: state.rowTcp, value: tcpValue(capture, texts) },
    { name: state.rowPorts(joinPorts(ports, texts)), value: smbPortsValue(capture, ports, texts) },
    {
      name: state.rowQuic,
      value: capture.quicFrames === 0 ? state.noQuic : state.quic(formatCount(capture.quicFrames), capture.quicFrames === 1),
    },
  ];
}

function framesRow(capture: Capture, { state }: HostTexts): Row {
  const from = formatClockSeconds(capture.baseSeconds, capture.firstTime);
  const to = formatClockSeconds(capture.baseSeconds, capture.lastTime);
  return { name: state.rowFrames, value: state.framesFromTo(formatCount(capture.frames), from, to) };
}

const MOST_PORTS = 6;

function tcpValue({ tcpPorts, tcpConnections }: Capture, texts: HostTexts): string {
  if (tcpConnections === 0) return texts.state.noQuic;
  const shown = tcpPorts.slice(0, MOST_PORTS).map(({ port, connections }) => `${port} (${formatCount(connections)})`);
  return texts.state.tcpOnPorts(formatCount(tcpConnections), shown.join(texts.common.comma), tcpPorts.length > MOST_PORTS);
}

function smbPortsValue({ tcpPorts, tcpConnections }: Capture, ports: readonly number[], texts: HostTexts): string {
  const tried = tcpPorts.filter(({ port }) => ports.includes(port)).map(({ port, connections }) => `${port} (${formatCount(connections)})`);
  if (tried.length > 0) return texts.state.attempts(tried.join(texts.common.comma));
  // The list of ports is cut; where it is complete, a port that is not in it was not used.
  const listed = tcpPorts.reduce((sum, { connections }) => sum + connections, 0);
  return listed >= tcpConnections ? texts.state.noAttempt : texts.state.fewAttempts;
}

function joinPorts(ports: readonly number[], { language }: HostTexts): string {
  const [last, ...others] = [...ports].reverse();
  if (others.length === 0) return String(last ?? "");
  return `${others.reverse().join(language === "ja" ? "、" : ", ")}${language === "ja" ? " と " : " and "}${last}`;
}

function sizeRow({ size }: Capture, { state }: HostTexts): Row {
  return { name: state.size, value: `${formatCount(size)} ${state.bytes}` };
}

function whatWasRead(rows: readonly Row[], { state }: HostTexts): StateSectionView {
  return section(state.whatWasRead, "", rows, "");
}

function howToCapture({ state }: HostTexts): StateSectionView {
  return section(state.howToCapture, state.startBefore, [], CAPTURE_COMMANDS);
}

function section(heading: string, text: string, rows: readonly Row[], code: string): StateSectionView {
  return { heading, text, rows, code };
}

function page(title: string, text: string, sections: readonly StateSectionView[], buttons: readonly Button[]): StateView {
  return { title, text, sections, buttons };
}

function anotherButton({ state }: HostTexts): Button {
  return button("open-another", state.buttons.openAnother, true);
}

function button(action: Button["action"], label: string, primary: boolean): Button {
  return { action, label, primary };
}
