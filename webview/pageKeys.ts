import type { ViewId } from "../src/protocol/messages.ts";
import type { PageModel } from "./pageModel.ts";

const VIEWS: Readonly<Record<string, ViewId>> = { Digit1: "overview", Digit2: "comparison", Digit3: "messages" };

/** Ids of what filters each view. */
const FILTERS: Readonly<Record<ViewId, string>> = {
  overview: "filter",
  comparison: "differences-only",
  messages: "message-filter",
};

/** A row that can be copied holds its two forms itself, so that every list is copied alike. */
export interface CopiedRow {
  readonly text: string;
  readonly markdown: string;
}

const copiedRows = new WeakMap<Element, () => CopiedRow>();

/** Lets Ctrl+C copy this row while the focus is on it. */
export function makeCopied(row: Element, copied: () => CopiedRow): void {
  copiedRows.set(row, copied);
}

/**
 * The keys that work everywhere on the page. VS Code hears every key that reaches the window, whatever was prevented, and would do its
 * own thing besides: Alt+1 there goes to the first editor. So a key that the page uses stops here. F8 is VS Code's: the extension binds
 * it, and the host then says `step`.
 */
export function listenToPageKeys(model: PageModel): () => void {
  const onKey = (event: KeyboardEvent) => {
    if (model.state.stage.kind !== "capture" || !press(model, event)) return;
    event.preventDefault();
    event.stopPropagation();
  };
  const onCopy = (event: ClipboardEvent) => {
    const row = focusedRow();
    if (row === undefined || !(getSelection()?.isCollapsed ?? true)) return;
    event.preventDefault();
    model.copy(row.text);
  };
  document.addEventListener("keydown", onKey);
  document.addEventListener("copy", onCopy);
  return () => {
    document.removeEventListener("keydown", onKey);
    document.removeEventListener("copy", onCopy);
  };
}

/** Does what a key stands for; false when the page has no use for it. */
function press(model: PageModel, event: KeyboardEvent): boolean {
  const command = event.ctrlKey || event.metaKey;
  const view = VIEWS[event.code];
  if (event.altKey && !command && view !== undefined) {
    model.showView(view);
    return true;
  }
  if (command && !event.altKey && event.code === "KeyF") {
    // At once, so that what is typed next lands there.
    document.getElementById(FILTERS[model.state.view])?.focus();
    return true;
  }
  if (command && event.shiftKey && event.code === "KeyC") {
    const row = focusedRow();
    if (row !== undefined) model.copy(row.markdown);
    return row !== undefined;
  }
  return event.key === "Escape" && leave(model, event);
}

// Escape first closes what is open, then clears the filter, then goes back to the list.
function leave(model: PageModel, event: KeyboardEvent): boolean {
  const target = event.target instanceof Element ? event.target : null;
  if (target?.closest("vscode-dropdown") != null) return false;
  if (model.state.view === "messages" && target?.closest(".message-detail") != null) model.showView("messages", "messages");
  else if (model.state.view === "messages" && model.messages.isNarrowed) model.messages.showAll();
  else if (model.state.view === "overview" && model.state.typed !== "") model.clearFilter();
  else model.showView("overview", "list");
  return true;
}

function focusedRow(): CopiedRow | undefined {
  const row = document.activeElement?.closest("[role=row], [role=treeitem]");
  return row == null ? undefined : copiedRows.get(row)?.();
}
