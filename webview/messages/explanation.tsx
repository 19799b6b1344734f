import type { FieldView, MessageView } from "../../src/protocol/messageViews.ts";
import { usePage } from "../pageContext.ts";
import { useTexts } from "../texts.ts";
import { Icon } from "../ui/icon.tsx";
import { Link } from "../ui/link.tsx";
import { CopyBar } from "./copyBar.tsx";

/** What a field is, what its value means, and how it stands to its partner: own words first, the section as a link. */
export function Explanation({ message, path }: { readonly message: MessageView; readonly path: string }) {
  const { model } = usePage();
  const texts = useTexts();
  const field = message.fields.find((each) => each.path === path);
  if (field === undefined) return null;
  const told = field.texts.flatMap((index) => message.texts[index] ?? []);
  return (
    <aside class="explanation" aria-label={texts.text("explanation")}>
      <div aria-live="polite">
        {told.map((text) => (
          <div key={text.title} class="told">
            <p class="told-head">
              <b>{text.title}</b>
              <span class="sections small">
                {text.sections.map((section) => (
                  <Link key={section.id} onOpen={() => model.post({ type: "open-section", section: section.id })}>
                    {section.label}
                  </Link>
                ))}
              </span>
            </p>
            <p>{text.text}</p>
          </div>
        ))}
        <Relation field={field} />
        {field.issues.map((issue) => (
          <p key={issue}>
            <Icon name="warning" class="warning" label={texts.text("warning")} /> {issue}
          </p>
        ))}
      </div>
      <CopyBar path={field.path} hasFilter={field.path === "" || field.filter !== ""} />
    </aside>
  );
}

function Relation({ field }: { readonly field: FieldView }) {
  const { model } = usePage();
  const texts = useTexts();
  const { relation } = field;
  if (relation === null) return null;
  return (
    <>
      <dl class="relation">
        <dt>{texts.text("thisMessage")}</dt>
        <dd class="mono">{field.value}</dd>
        <dt>
          <Link onOpen={() => model.openMessage(relation.frame)}>{texts.text("frame", relation.frame)}</Link>
        </dt>
        <dd class="mono">
          {relation.kind === "differs" ? <Icon name="differs" class="error" label={texts.text("differs")} /> : null} {relation.value}
        </dd>
      </dl>
      <p>{relation.text}</p>
    </>
  );
}
