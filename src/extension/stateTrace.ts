import type { TextTrace } from "../core/index.ts";
import type { StateView } from "../protocol/views.ts";

/** A state page as text, so that the text trace says the same as the page where there is nothing to trace. */
export function stateTrace(state: StateView): TextTrace {
  const lines = [state.title, "", state.text];
  for (const section of state.sections) {
    lines.push("", section.heading);
    if (section.text !== "") lines.push(section.text);
    for (const { name, value } of section.rows) lines.push(`  ${name}  ${value}`);
    if (section.code !== "") lines.push(section.code);
  }
  const text = lines.join("\n");
  return { text: `${text}\n`, lineCount: text.split("\n").length, spans: [], folds: [], symbols: [], problems: [], pairs: [] };
}
