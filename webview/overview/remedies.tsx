import { useState } from "preact/hooks";
import type { RemedyView } from "../../src/protocol/views.ts";
import { usePage } from "../pageContext.ts";
import { useTexts } from "../texts.ts";
import { Icon } from "../ui/icon.tsx";
import { Link } from "../ui/link.tsx";
import { Snippets } from "./snippets.tsx";

/** What to do: what strengthens first, numbered; what weakens last, apart, and with its setting shown on request only. */
export function Remedies({ remedies, connection }: { readonly remedies: readonly RemedyView[]; readonly connection: number }) {
  const texts = useTexts();
  const safe = remedies.filter((remedy) => remedy.kind === "safe");
  // One set of commands is enough at first: the list of connections is to stay near.
  const shown = safe.find((remedy) => remedy.snippets.length > 0);
  const workarounds = remedies.filter((remedy) => remedy.kind === "workaround");
  return (
    <section aria-labelledby="what-to-do">
      <h2 id="what-to-do">{texts.text("whatToDo")}</h2>
      <ol key={connection}>
        {safe.map((remedy, index) => (
          <SafeRemedy key={remedy.id} remedy={remedy} number={index + 1} open={remedy === shown} />
        ))}
        {workarounds.map((remedy) => (
          <Workaround key={remedy.id} remedy={remedy} />
        ))}
      </ol>
    </section>
  );
}

interface SafeRemedyProps {
  readonly remedy: RemedyView;
  readonly number: number;
  /** Whether its commands are shown without being asked for. */
  readonly open: boolean;
}

function SafeRemedy({ remedy, number, open }: SafeRemedyProps) {
  const { model } = usePage();
  const texts = useTexts();
  const [shown, setShown] = useState(open);
  const { note } = remedy;
  return (
    <li class="remedy">
      <span class="number">{number}</span>
      <div>
        <div class="remedy-head">
          <h3>{remedy.title}</h3>
          <span class="kind">
            <Icon name="shield" class="pass" />
            {remedy.pill}
          </span>
        </div>
        <p class="small">
          {remedy.text}{" "}
          {open || remedy.snippets.length === 0 ? null : (
            <Link onOpen={() => setShown(!shown)} expanded={shown}>
              {texts.text(shown ? "hideHow" : "showHow")}
            </Link>
          )}
        </p>
        {note === null ? null : (
          <p class="small note">
            <Link onOpen={() => model.copy(note.text)} title={note.text}>
              {note.label}
            </Link>
          </p>
        )}
        {shown ? <Snippets remedy={remedy} /> : null}
      </div>
    </li>
  );
}

function Workaround({ remedy }: { readonly remedy: RemedyView }) {
  const texts = useTexts();
  const [shown, setShown] = useState(false);
  return (
    <li class="remedy weakens">
      <Icon name="warning" class="warning" />
      <div>
        <div class="remedy-head">
          <h3>{remedy.title}</h3>
          <span class="kind pill">{remedy.pill}</span>
        </div>
        <p class="small">
          {remedy.text}{" "}
          {remedy.snippets.length === 0 ? null : (
            <Link onOpen={() => setShown(!shown)} expanded={shown}>
              {texts.text(shown ? "hideSetting" : "showSetting")}
            </Link>
          )}
        </p>
        {shown ? <Snippets remedy={remedy} /> : null}
      </div>
    </li>
  );
}
