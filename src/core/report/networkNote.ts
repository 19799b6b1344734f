import { escapeForDisplay } from "../bytes/text.ts";
import type { Connection } from "../model/connection.ts";
import type { Finding } from "../rules/finding.ts";
import { renderFinding } from "../rules/renderFinding.ts";
import type { Language } from "../spec/language.ts";
import { sectionLabel, sectionUrl } from "../spec/sectionUrl.ts";
import { reportTexts } from "./reportTexts.ts";

const MOST_SECTIONS = 2;

/** A note for those who run the network: which ends, what was seen in which frame, what to look for. Plain text. */
export function networkNote(finding: Finding, { client, server }: Connection, language: Language): string {
  const texts = reportTexts(language);
  const { title, what } = renderFinding(finding, language);
  const sections = finding.sections.slice(0, MOST_SECTIONS).map((id) => `${sectionLabel(id)} ${sectionUrl(id)}`);
  return [
    `SMB: ${client.address} -> ${server.address}, TCP ${server.port}`,
    escapeForDisplay(title),
    "",
    escapeForDisplay(what),
    "",
    texts.networkTask(client.address, server.address, server.port),
    ...(sections.length === 0 ? [] : ["", ...sections]),
  ].join("\n");
}
