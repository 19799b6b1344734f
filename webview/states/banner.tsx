import type { BannerView } from "../../src/protocol/views.ts";
import { usePage } from "../pageContext.ts";
import { useTexts } from "../texts.ts";
import { Icon } from "../ui/icon.tsx";
import { Link } from "../ui/link.tsx";

/** What is wrong with the file, and what that means for what is shown. */
export function Banner({ banner }: { readonly banner: BannerView }) {
  const { model } = usePage();
  const texts = useTexts();
  const { bold, text, action } = banner;
  return (
    <div class="banner" role="status">
      <Icon name="warning" class="warning" label={texts.text("warning")} />
      <div>
        <b>{bold}</b>
        <br />
        {text}{" "}
        {action === undefined ? null : <Link onOpen={() => model.post({ type: "action", action: action.action })}>{action.label}</Link>}
      </div>
    </div>
  );
}
