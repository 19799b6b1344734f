/**
 * Text as Markdown that shows it as it is: no emphasis, link, list, table or HTML, and no bare address that a viewer would make a link.
 * Lines stay lines. (VS Code's `appendText` makes every blank a non-breaking one, so that a long sentence does not wrap, and lets bare
 * addresses become links, which a name in a capture must not.)
 */
export function markdownText(text: string): string {
  return text
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/[\\`*[\]~|$]|(?<!\w)_|_(?!\w)/g, "\\$&")
    .replace(/^( *)([-+#=>])/gm, "$1\\$2")
    .replace(/:\/\//g, "&#58;//")
    .replace(/\b(www)\./gi, "$1&#46;")
    .replace(/@/g, "&#64;")
    .replace(/^( *\d+)\./gm, "$1\\.")
    .replace(/^ +/gm, (blanks) => "&nbsp;".repeat(blanks.length))
    .replace(/\n/g, "  \n");
}
