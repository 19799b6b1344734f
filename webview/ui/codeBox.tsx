import { useTexts } from "../texts.ts";
import { IconButton } from "./button.tsx";

/** Commands to copy; the page never runs one. */
export function CodeBox({ code, id, onCopy }: { readonly code: string; readonly id?: string; readonly onCopy: (code: string) => void }) {
  const texts = useTexts();
  return (
    <div class="code" {...(id === undefined ? {} : { id })}>
      <pre>{code}</pre>
      <IconButton icon="copy" label={texts.text("copy")} onPress={() => onCopy(code)} />
    </div>
  );
}
