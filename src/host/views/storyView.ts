import {
  type Connection,
  capturePlatform,
  type Finding,
  furtherSentence,
  type Language,
  storyOf,
  storySentences,
} from "../../core/index.ts";
import type { StoryView } from "../../protocol/views.ts";

/** The story of a connection for the page; null where no finding tells one. */
export function storyView(connection: Connection, finding: Finding, language: Language): StoryView | null {
  const story = storyOf(connection, finding);
  if (story === null) return null;
  const sentences = storySentences(story, language);
  return {
    steps: story.steps.map(({ frame }, index) => ({ frame, text: sentences[index] ?? "" })),
    further: furtherSentence(story, language),
    captures: (story.further?.commands ?? []).map((command) => ({
      platform: command.platform,
      label: capturePlatform(command, language),
      code: command.lines.join("\n"),
    })),
  };
}
