import type {
  BoxedValue,
  CompareCellView,
  CompareGroupView,
  CompareMessageView,
  CompareRowView,
  ComparisonView,
} from "../../protocol/views.ts";
import type { HostTexts } from "./texts.ts";

const MARKS = { equal: "=", differs: "≠", missing: "" } as const;

/** The comparison as Markdown, for a ticket: one table a direction, the bits of a flags field only where it differs. */
export function comparisonMarkdown(view: Omit<ComparisonView, "markdown">, texts: HostTexts): string {
  return [
    `## ${escapeCell(view.title)}`,
    "",
    escapeCell(view.subtitle),
    ...view.groups.flatMap((group) => table(group, texts)),
    "",
    escapeCell(view.note),
    "",
  ].join("\n");
}

function table(group: CompareGroupView, texts: HostTexts): readonly string[] {
  const { field, meaning } = texts.comparison.markdown;
  return [
    "",
    `**${escapeCell(group.title)}**: ${escapeCell(group.summary)} ([MS-SMB2] ${group.section.label})`,
    "",
    line(
      [
        field,
        `NEGOTIATE (${message(group.negotiate, texts)})`,
        "",
        `VALIDATE_NEGOTIATE_INFO (${message(group.validate, texts)})`,
        meaning,
      ].map(escapeCell),
    ),
    line(["---", "---", "---", "---", "---"]),
    ...group.rows.flatMap(rows),
  ];
}

function rows(row: CompareRowView): readonly string[] {
  const children = row.mark === "differs" ? row.children : [];
  return [tableRow(row, ""), ...children.map((child) => tableRow(child, "&nbsp;&nbsp;"))];
}

function tableRow(row: CompareRowView, indent: string): string {
  const name = escapeCell(row.prefix + row.name);
  return line([indent + name, cell(row.left), MARKS[row.mark], cell(row.right), escapeCell(row.meaning)]);
}

function message({ frame, note }: CompareMessageView, texts: HostTexts): string {
  return frame === null ? note : texts.comparison.markdown.frame(frame) + texts.common.comma + note;
}

function cell(view: CompareCellView | null): string {
  if (view === null) return "";
  const text = boxedText(view.value);
  return view.text === "" ? escapeCell(text) : `${escapeCell(text)} ${escapeCell(view.text)}`;
}

function boxedText({ before, marked, after }: BoxedValue): string {
  return before + marked + after;
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}

/** Text that Markdown leaves alone; values may come from a capture. */
function escapeCell(text: string): string {
  return text.replace(/[\\`*{}[\]<>|]/g, "\\$&").replace(/\r?\n/g, " ");
}
