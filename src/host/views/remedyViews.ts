import { type ConnectionDetail, type Finding, isRemedyId, networkNote, type Remedy, remedyText } from "../../core/index.ts";
import type { RemedyView } from "../../protocol/views.ts";
import { signingState } from "./signingState.ts";
import type { HostTexts } from "./texts.ts";

const FOR_THE_NETWORK = "stop-rewriting";
const SIGNING = "require-signing";

/** What to do about a finding: safe remedies in the order of the rule, a workaround last. */
export function remedyViews(finding: Finding, detail: ConnectionDetail, texts: HostTexts): readonly RemedyView[] {
  const remedies = finding.remedies.filter(isRemedyId).map((id) => remedyText(id, texts.language));
  const inOrder = [...remedies.filter(({ kind }) => kind === "safe"), ...remedies.filter(({ kind }) => kind === "workaround")];
  return inOrder.map((remedy) => remedyView(remedy, finding, detail, texts));
}

function remedyView(remedy: Remedy, finding: Finding, detail: ConnectionDetail, texts: HostTexts): RemedyView {
  const { overview, language } = texts;
  const state = remedy.id === SIGNING ? signingState(detail.facts, texts) : "";
  return {
    id: remedy.id,
    kind: remedy.kind,
    title: remedy.title,
    text: [state, remedy.text].filter((part) => part !== "").join(language === "ja" ? "" : " "),
    pill: remedy.kind === "safe" ? overview.safe : overview.weakens,
    note: remedy.id === FOR_THE_NETWORK ? { label: overview.noteLabel, text: networkNote(finding, detail.connection, language) } : null,
    snippets: remedy.snippets,
  };
}
