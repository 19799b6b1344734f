import * as vscode from "vscode";
import { isSectionId, type SectionId, sectionLabel, sectionTitle, sectionUrl } from "../core/index.ts";
import { LINKED_COMMANDS } from "./commandLinks.ts";
import { markdownText } from "./markdownText.ts";

/**
 * Text of a hover. Whatever is not a link or emphasis of ours goes in as text, so that a name in a capture stays one; of commands only
 * ours are let through.
 */
export class HoverText {
  readonly markdown = new vscode.MarkdownString();
  isEmpty = true;

  constructor() {
    this.markdown.isTrusted = { enabledCommands: LINKED_COMMANDS };
  }

  /** A bold line. */
  title(text: string): this {
    this.open();
    this.markdown.appendMarkdown(`**${markdownText(text)}**`);
    return this;
  }

  paragraph(text: string): this {
    if (text === "") return this;
    this.open();
    this.markdown.appendMarkdown(markdownText(text));
    return this;
  }

  /** One line each, in a paragraph of their own. */
  lines(lines: readonly string[]): this {
    if (lines.length === 0) return this;
    this.open();
    this.markdown.appendMarkdown(markdownText(lines.join("\n")));
    return this;
  }

  /** Links to sections of the specification; ids that are not known are left out. */
  sections(ids: readonly string[]): this {
    const known = ids.filter((id): id is SectionId => isSectionId(id));
    if (known.length === 0) return this;
    this.open();
    known.forEach((id, index) => {
      if (index > 0) this.markdown.appendMarkdown("  \n");
      this.link(`${sectionLabel(id)} ${sectionTitle(id)}`.trim(), vscode.Uri.parse(sectionUrl(id)));
    });
    return this;
  }

  /** Links to commands, in one line. */
  commands(links: readonly { readonly label: string; readonly target: vscode.Uri }[]): this {
    this.open();
    links.forEach(({ label, target }, index) => {
      if (index > 0) this.markdown.appendMarkdown(" &nbsp;·&nbsp; ");
      this.link(label, target);
    });
    return this;
  }

  private link(label: string, target: vscode.Uri): void {
    this.markdown.appendMarkdown(`[${markdownText(label)}](${target.toString()})`);
  }

  private open(): void {
    if (!this.isEmpty) this.markdown.appendMarkdown("\n\n");
    this.isEmpty = false;
  }
}
