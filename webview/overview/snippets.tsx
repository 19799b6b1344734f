import { useState } from "preact/hooks";
import type { RemedyView, SnippetView } from "../../src/protocol/views.ts";
import { usePage } from "../pageContext.ts";
import { useTexts } from "../texts.ts";
import { CodeBox } from "../ui/codeBox.tsx";
import { Link } from "../ui/link.tsx";
import { TabList } from "../ui/tabList.tsx";

/** The commands of a remedy, one platform at a time. */
export function Snippets({ remedy }: { readonly remedy: RemedyView }) {
  const { model, state } = usePage();
  const texts = useTexts();
  const [platform, setPlatform] = useState("");
  const snippet = remedy.snippets.find((each) => each.platform === platform) ?? remedy.snippets[0];
  if (snippet === undefined) return null;
  const panel = `snippet-${remedy.id}`;
  const open = () => model.post({ type: "open-snippet", remedy: remedy.id, platform: snippet.platform, connection: state.connection });
  return (
    <>
      {remedy.snippets.length === 1 ? (
        <p class="small platform">{snippet.label}</p>
      ) : (
        <TabList
          label={texts.text("platform")}
          prefix={panel}
          class="segments"
          tabs={remedy.snippets.map(({ platform: id, label, tab = label }) => ({ id, label: tab, title: label }))}
          selected={snippet.platform}
          controls={panel}
          onSelect={setPlatform}
        />
      )}
      <div
        id={panel}
        {...(remedy.snippets.length === 1 ? {} : { role: "tabpanel" as const, "aria-labelledby": `${panel}-${snippet.platform}` })}
      >
        <CodeBox code={snippet.code} onCopy={(code) => model.copy(code)} />
        <Effect snippet={snippet} onOpen={open} />
      </div>
    </>
  );
}

function Effect({ snippet, onOpen }: { readonly snippet: SnippetView; readonly onOpen: () => void }) {
  const texts = useTexts();
  const [shown, setShown] = useState(false);
  const parts = [
    { name: texts.text("effect"), text: snippet.effect, font: "" },
    { name: texts.text("undo"), text: snippet.undo, font: "" },
    { name: texts.text("check"), text: snippet.check, font: "mono" },
  ].filter((part) => part.text !== "");
  return (
    <>
      <p class="small snippet-links">
        <Link onOpen={onOpen}>{texts.text("openInEditor")}</Link>
        {parts.length === 0 ? null : (
          <Link onOpen={() => setShown(!shown)} expanded={shown}>
            {texts.text(shown ? "hideEffect" : "showEffect")}
          </Link>
        )}
      </p>
      {shown ? (
        <dl class="effect small">
          {parts.map((part) => (
            <div key={part.name}>
              <dt>{part.name}</dt>
              <dd class={part.font}>{part.text}</dd>
            </div>
          ))}
        </dl>
      ) : null}
    </>
  );
}
