import { useEffect, useState } from "preact/hooks";
import type { ViewId } from "../src/protocol/messages.ts";
import type { CaptureView } from "../src/protocol/views.ts";
import { Bar } from "./bar.tsx";
import { Comparison } from "./comparison/comparison.tsx";
import { Messages } from "./messages/messages.tsx";
import { Overview } from "./overview/overview.tsx";
import { PageContext } from "./pageContext.ts";
import { listenToPageKeys } from "./pageKeys.ts";
import type { PageModel, PageState } from "./pageModel.ts";
import { FileNotice } from "./states/fileNotice.tsx";
import { Loading } from "./states/loading.tsx";
import { StatePage } from "./states/statePage.tsx";
import { TextsContext } from "./texts.ts";

/** The whole page: nothing until its texts are there, then what the host last said. */
export function App({ model }: { readonly model: PageModel }) {
  const [state, setState] = useState(model.state);
  useEffect(() => model.start(setState), [model]);
  useEffect(() => listenToPageKeys(model), [model]);
  if (state.texts === null) return null;
  return (
    <TextsContext.Provider value={state.texts}>
      <PageContext.Provider value={{ model, state }}>
        <div class="lens">
          <StageOf state={state} />
          <div class="unseen" role="status" aria-live="polite">
            {state.announcement}
          </div>
        </div>
      </PageContext.Provider>
    </TextsContext.Provider>
  );
}

function StageOf({ state }: { readonly state: PageState }) {
  const { stage, view } = state;
  switch (stage.kind) {
    case "waiting":
      return null;
    case "progress":
      return <Loading progress={stage.progress} />;
    case "state":
      return (
        <>
          <FileNotice />
          <StatePage state={stage.state} />
        </>
      );
    case "capture":
      return (
        <>
          <Bar />
          <FileNotice />
          <main key={view}>
            <div id="view" role="tabpanel" aria-labelledby={`view-${view}`}>
              <ViewOf view={view} capture={stage.capture} />
            </div>
          </main>
        </>
      );
  }
}

function ViewOf({ view, capture }: { readonly view: ViewId; readonly capture: CaptureView }) {
  switch (view) {
    case "overview":
      return <Overview capture={capture} />;
    case "comparison":
      return <Comparison />;
    case "messages":
      return <Messages />;
  }
}
