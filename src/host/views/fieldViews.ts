import { type FieldNode, type FieldRelation, fieldIssueText, fieldText, isList, ntStatusMeaning, sectionTitle } from "../../core/index.ts";
import type { FieldRelationView, FieldTextView, FieldView } from "../../protocol/messageViews.ts";
import { displayFilter, flagFilter, flagPath } from "./displayFilter.ts";
import { sectionLink } from "./sectionLink.ts";
import type { HostTexts } from "./texts.ts";

/** Rows of a field tree. A hostile message can name a million fields. */
export const MOST_FIELDS = 3000;
const LONGEST_VALUE = 400;
/** Elements of a list named on its row. */
const MOST_ELEMENTS = 8;
/** A structure with more fields than these is closed at first. */
const MOST_OPEN = 64;
const HEADER = "Header";

/** Finds how a field stands to its repetition; by the path of the field. */
export type RelationOf = (path: string) => FieldRelation | undefined;

/** The rows of a message's field tree and the texts that explain them. */
export class FieldViews {
  readonly fields: FieldView[] = [];
  readonly texts: FieldTextView[] = [];
  /** Whether there were more fields than are shown. */
  cut = false;
  private readonly known = new Map<string, number>();
  private readonly relationOf: RelationOf;
  private readonly hostTexts: HostTexts;

  constructor(root: FieldNode, relationOf: RelationOf, texts: HostTexts) {
    this.relationOf = relationOf;
    this.hostTexts = texts;
    this.addMessage(root);
  }

  /** The header, then the body that it announces; what is no SMB2 message as one structure. */
  private addMessage(root: FieldNode): void {
    const [header, ...body] = root.children;
    if (header === undefined || header.path !== HEADER) {
      this.add(root, 0, true);
      return;
    }
    this.add(header, 0, false);
    const start = body[0]?.range.start ?? root.range.end;
    if (body.length > 0) this.add({ ...root, range: { start, end: root.range.end }, children: body }, 0, true);
  }

  private add(node: FieldNode, depth: number, open: boolean): void {
    if (this.fields.length >= MOST_FIELDS) {
      this.cut = true;
      return;
    }
    const { language } = this.hostTexts;

    const relation = relationView(this.relationOf(node.path), this.hostTexts);
    this.fields.push({
      path: node.path,
      name: node.name,
      value: cutText(node.value === "" && isList(node) ? listValue(node) : node.value),
      label: cutText(node.label ?? ""),
      depth,
      start: node.range.start,
      end: node.range.end,
      kind: node.children.length > 0 && node.value === "" && !isList(node) ? "structure" : "field",
      hasChildren: node.children.length + node.flags.length > 0,
      open: node.children.length > 0 ? open && !isList(node) && node.children.length <= MOST_OPEN : relation?.kind === "differs",
      issues: node.issues.map((issue) => fieldIssueText(issue, language)),
      texts: this.textsOf(node),
      relation,
      filter: displayFilter(node),
    });
    for (const flag of node.flags) this.addFlag(node, flag, depth + 1);
    for (const child of node.children) this.add(child, depth + 1, depth < 2);
  }

  private addFlag(node: FieldNode, flag: FieldNode["flags"][number], depth: number): void {
    if (this.fields.length >= MOST_FIELDS) {
      this.cut = true;
      return;
    }
    this.fields.push({
      path: flagPath(node.path, flag.name),
      name: flag.name,
      value: flag.set ? "1" : "0",
      label: "",
      depth,
      start: node.range.start,
      end: node.range.end,
      kind: "bit",
      hasChildren: false,
      open: false,
      issues: [],
      texts: flag.text === undefined ? [] : [this.textIndex(flag.text, node)],
      relation: null,
      filter: flagFilter(node, flag.mask, flag.set),
    });
  }

  private textsOf(node: FieldNode): readonly number[] {
    const own = this.textIndex(node.text ?? "", node);
    if (node.labelText !== undefined) return [own, this.textIndex(node.labelText, node)];
    const status = node.label?.startsWith("STATUS_") === true && typeof node.raw === "number" ? node.raw : undefined;
    const meaning = status === undefined ? undefined : ntStatusMeaning(status, this.hostTexts.language);
    return meaning === undefined ? [own] : [own, this.keep(`status ${status}`, { title: node.label ?? "", text: meaning, sections: [] })];
  }

  /** A field without a text of its own is explained by its section. */
  private textIndex(key: string, { name, section }: FieldNode): number {
    const told = fieldText(key, this.hostTexts.language);
    if (told === undefined)
      return this.keep(`${name} ${section}`, { title: name, text: sectionTitle(section), sections: [sectionLink(section)] });
    return this.keep(key, { title: told.title, text: told.explanation, sections: told.sections.map(sectionLink) });
  }

  private keep(key: string, text: FieldTextView): number {
    const known = this.known.get(key);
    if (known !== undefined) return known;
    this.known.set(key, this.texts.length);
    return this.texts.push(text) - 1;
  }
}

function relationView(relation: FieldRelation | undefined, texts: HostTexts): FieldRelationView | null {
  const frame = relation?.frames[0];
  if (relation === undefined || frame === undefined) return null;
  const differs = relation.kind === "differs" || relation.kind === "contradicted";
  return {
    kind: differs ? "differs" : "equal",
    frame,
    value: cutText(relation.value),
    text: differs ? texts.messages.differs : relation.kind === "allowed" ? texts.messages.allowed : texts.messages.equal,
  };
}

function listValue({ children }: FieldNode): string {
  const shown = children.slice(0, MOST_ELEMENTS).map(({ label, value }) => label ?? value);
  return [...shown, ...(children.length > shown.length ? ["…"] : [])].join(", ");
}

function cutText(text: string): string {
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}…` : text;
}
