import type { ProgressView } from "../../src/protocol/views.ts";
import { usePage } from "../pageContext.ts";
import { useTexts } from "../texts.ts";
import { Button } from "../ui/button.tsx";
import { Icon, OutcomeIcon } from "../ui/icon.tsx";
import { Link } from "../ui/link.tsx";
import { ProgressLine } from "./progressLine.tsx";

/** How far the capture is read and what was found; a connection found can be chosen to open first. */
export function Loading({ progress }: { readonly progress: ProgressView }) {
  const { model, state } = usePage();
  const texts = useTexts();
  const chosen = progress.found.some((found) => found.id === state.connection);
  return (
    <main>
      <ProgressLine percent={progress.percent} />
      <div class="state">
        <h1>{texts.text("analysing")}</h1>
        <p>{progress.text}</p>
        <h2>{texts.text("foundSoFar")}</h2>
        <dl>
          <dt>{texts.text("framesRead")}</dt>
          <dd>{progress.frames}</dd>
          <dt>{texts.text("smbConnections")}</dt>
          <dd>{progress.connections}</dd>
        </dl>
        <div class="buttons">
          <Button onPress={() => model.post({ type: "stop" })}>{texts.text("stop")}</Button>
        </div>
        {progress.found.length === 0 ? null : (
          <ul class="found">
            {progress.found.map((found) => (
              <li key={found.id} class={found.id === state.connection ? "chosen" : ""}>
                {found.outcome === null ? <Icon name="open" class="dim" /> : <OutcomeIcon outcome={found.outcome} />}
                <span class="cut" title={found.text}>
                  {found.text}
                </span>
                <Link onOpen={() => model.expect(found.id)}>{found.endpoints}</Link>
              </li>
            ))}
          </ul>
        )}
        {chosen ? <p class="small dim opens">{texts.text("opensWhenRead")}</p> : null}
      </div>
    </main>
  );
}
