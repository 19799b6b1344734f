/** Characters that take two columns in a terminal and in an editor's monospaced font (East Asian Wide and Fullwidth). */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;
const ASCII = /^[\x20-\x7e]*$/;

/** No line begins with one of these, and none ends with one of the second set. */
const NOT_FIRST = /[、。，．・：；？！」』】〉》）)\]}!?,.;:ー々ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ％%”’]/;
const NOT_LAST = /[「『【〈《（([{“‘]/;

/** Columns that a text takes. */
export function displayWidth(text: string): number {
  if (ASCII.test(text)) return text.length;
  let width = 0;
  for (const character of text) width += WIDE.test(character) ? 2 : 1;
  return width;
}

/** The text with blanks up to a number of columns; a longer one as it is. */
export function padColumns(text: string, columns: number): string {
  return text + " ".repeat(Math.max(0, columns - displayWidth(text)));
}

/**
 * Lines of at most `columns` columns: broken at blanks and between wide characters, but not between a document and its section number
 * (`[MS-SMB2] 2.2.4`). A single word that is longer stays whole.
 */
export function wrapText(text: string, columns: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  let width = 0;
  for (const piece of unbreakablePieces(text)) {
    const pieceWidth = displayWidth(piece.trimEnd());
    if (line !== "" && width + pieceWidth > columns) {
      lines.push(line.trimEnd());
      line = "";
      width = 0;
    }
    line += piece;
    width += displayWidth(piece);
  }
  if (line.trim() !== "" || lines.length === 0) lines.push(line.trimEnd());
  return lines;
}

/** The text cut at every place where a line may end; blanks stand at the end of a piece. */
function unbreakablePieces(text: string): readonly string[] {
  const pieces: string[] = [];
  let piece = "";
  const characters = [...text];
  for (const [index, character] of characters.entries()) {
    piece += character;
    const next = characters[index + 1];
    if (next === undefined || !mayBreakBetween(character, next)) continue;
    pieces.push(piece);
    piece = "";
  }
  return piece === "" ? pieces : [...pieces, piece];

  function mayBreakBetween(before: string, after: string): boolean {
    if (before === " ") return after !== " " && !(/\d/.test(after) && /\] +$/.test(piece));
    if (after === " " || NOT_FIRST.test(after) || NOT_LAST.test(before)) return false;
    return WIDE.test(before) || WIDE.test(after);
  }
}
