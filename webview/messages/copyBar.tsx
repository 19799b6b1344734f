import { useRef } from "preact/hooks";
import type { CopyForm } from "../../src/protocol/messageViews.ts";
import type { WebviewTextName } from "../../src/protocol/webviewStrings.ts";
import { usePage } from "../pageContext.ts";
import { useTexts } from "../texts.ts";
import { useRoving } from "../ui/roving.ts";

const FORMS: readonly (readonly [CopyForm, WebviewTextName])[] = [
  ["text", "copyText"],
  ["hex", "copyHex"],
  ["json", "copyJson"],
  ["filter", "copyFilter"],
];

/** Copies the selected field, or the whole message while its body is selected, in each form. */
export function CopyBar({ path, hasFilter }: { readonly path: string; readonly hasFilter: boolean }) {
  const { model } = usePage();
  const texts = useTexts();
  const bar = useRef<HTMLDivElement>(null);
  useRoving(bar, "button", "horizontal");
  return (
    <div class="copy-bar small" role="toolbar" aria-label={texts.text("copyAs")} ref={bar}>
      <span class="dim">{texts.text("copyAs")}</span>
      {FORMS.filter(([form]) => form !== "filter" || hasFilter).map(([form, name]) => (
        <button
          key={form}
          type="button"
          class="link"
          onClick={() => {
            model.messages.copy(form, path);
            model.sayCopied();
          }}
        >
          {texts.text(name)}
        </button>
      ))}
    </div>
  );
}
