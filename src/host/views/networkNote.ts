import { type ConnectionDetail, escapeForDisplay, type Finding, renderFinding, sectionLabel, sectionUrl } from "../../core/index.ts";
import type { FactView } from "../../protocol/views.ts";
import type { HostTexts } from "./texts.ts";

const MOST_SECTIONS = 2;

/** A note that an administrator sends to those who run the network: hosts, proof by frame, what to look for. Plain text. */
export function networkNote(finding: Finding, { connection }: ConnectionDetail, facts: readonly FactView[], texts: HostTexts): string {
  return texts.overview.note({
    client: connection.client.address,
    server: connection.server.address,
    port: String(connection.server.port),
    title: escapeForDisplay(renderFinding(finding, texts.language).title),
    facts: facts.map((fact) => factLine(fact, texts)),
    sections: finding.sections.slice(0, MOST_SECTIONS).map((section) => `${sectionLabel(section)} ${sectionUrl(section)}`),
  });
}

function factLine({ frame, title, detail, value, note }: FactView, texts: HostTexts): string {
  const shown = value === null ? "" : value.before + value.marked + value.after;
  const said = [shown, note].filter((part) => part !== "").join(texts.common.comma);
  return texts.overview.noteFact(frame, title, detail, said);
}
