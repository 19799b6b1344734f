import { useRef, useState } from "preact/hooks";
import type { StoryStepView, StoryView } from "../../src/protocol/views.ts";
import { usePage } from "../pageContext.ts";
import { useTexts } from "../texts.ts";
import { CodeBox } from "../ui/codeBox.tsx";
import { Link } from "../ui/link.tsx";
import { useRoving } from "../ui/roving.ts";
import { TabList } from "../ui/tabList.tsx";

/** From cause to effect in sentences, then the capture that would show the rest. */
export function Story({ story }: { readonly story: StoryView }) {
  const texts = useTexts();
  const list = useRef<HTMLOListElement>(null);
  useRoving(list, ".link", "vertical");
  return (
    <section class="story-section" aria-labelledby="story">
      <h2 id="story">{texts.text("story")}</h2>
      <ol class="story small" ref={list}>
        {story.steps.map((step) => (
          <Step key={`${step.frame} ${step.text}`} step={step} />
        ))}
      </ol>
      {story.further === "" ? null : <Further story={story} />}
    </section>
  );
}

/** The frame that the sentence names is the way to its message. */
function Step({ step: { frame, text } }: { readonly step: StoryStepView }) {
  const { model } = usePage();
  const mark = `[${frame}]`;
  const at = text.indexOf(mark);
  if (at < 0) return <li>{text}</li>;
  return (
    <li>
      {text.slice(0, at)}
      <Link onOpen={() => model.openMessage(frame)}>{mark}</Link>
      {text.slice(at + mark.length)}
    </li>
  );
}

function Further({ story }: { readonly story: StoryView }) {
  const texts = useTexts();
  const [shown, setShown] = useState(false);
  return (
    <>
      <p class="small dim story-further">
        {story.further}{" "}
        <Link onOpen={() => setShown(!shown)} expanded={shown}>
          {texts.text(shown ? "hideCapture" : "howToCapture")}
        </Link>
      </p>
      {shown ? <Captures story={story} /> : null}
    </>
  );
}

function Captures({ story: { captures } }: { readonly story: StoryView }) {
  const { model } = usePage();
  const texts = useTexts();
  const [platform, setPlatform] = useState("");
  const chosen = captures.find((each) => each.platform === platform) ?? captures[0];
  if (chosen === undefined) return null;
  return (
    <>
      <TabList
        label={texts.text("platform")}
        prefix="capture"
        class="segments"
        tabs={captures.map(({ platform: id, label }) => ({ id, label }))}
        selected={chosen.platform}
        controls="capture-commands"
        onSelect={setPlatform}
      />
      <div id="capture-commands" role="tabpanel" aria-labelledby={`capture-${chosen.platform}`}>
        <CodeBox code={chosen.code} onCopy={(code) => model.copy(code)} />
      </div>
    </>
  );
}
