import type { CaptureView } from "../../src/protocol/views.ts";
import { usePage } from "../pageContext.ts";
import { Banner } from "../states/banner.tsx";
import { About } from "./about.tsx";
import { ConnectionSection } from "./connectionSection.tsx";
import { Proof } from "./proof.tsx";
import { Remedies } from "./remedies.tsx";
import { Story } from "./story.tsx";
import { Verdict } from "./verdict.tsx";

/** What failed and why, how sure that is, what to do, and the connections of the capture. */
export function Overview({ capture }: { readonly capture: CaptureView }) {
  const { overview, connection } = usePage().state;
  return (
    <div class="page">
      {capture.banners.map((banner) => (
        <Banner key={banner.bold} banner={banner} />
      ))}
      {overview === null ? null : (
        // The answer of another connection is not to be read as this one's.
        <div class={overview.id === connection ? "" : "stale"} aria-busy={overview.id !== connection}>
          <Verdict overview={overview} />
          {overview.facts.length + overview.remedies.length + overview.others.length === 0 && overview.limit === "" ? (
            <div class="no-cols" />
          ) : (
            <div class="cols">
              <div>
                <Proof overview={overview} />
                {overview.story === null ? null : <Story story={overview.story} />}
              </div>
              {overview.remedies.length === 0 ? null : <Remedies remedies={overview.remedies} connection={overview.id} />}
            </div>
          )}
        </div>
      )}
      <ConnectionSection list={capture.list} />
      {capture.about.length === 0 ? null : <About rows={capture.about} />}
    </div>
  );
}
