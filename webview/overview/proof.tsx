import { useRef, useState } from "preact/hooks";
import type { FactView, OverviewView } from "../../src/protocol/views.ts";
import { usePage } from "../pageContext.ts";
import { useTexts } from "../texts.ts";
import { Boxed } from "../ui/boxed.tsx";
import { Icon, OutcomeIcon } from "../ui/icon.tsx";
import { Link } from "../ui/link.tsx";
import { useRoving } from "../ui/roving.ts";

/** Facts with their frames, what this capture cannot show, and the ways on. */
export function Proof({ overview }: { readonly overview: OverviewView }) {
  const texts = useTexts();
  const [all, setAll] = useState(false);
  const facts = all ? [...overview.facts, ...overview.moreFacts] : overview.facts;
  const list = useRef<HTMLOListElement>(null);
  useRoving(list, ".link", "vertical");
  return (
    <section aria-labelledby="proof">
      <h2 id="proof">{texts.text("proof")}</h2>
      <ol ref={list}>
        {facts.map((fact) => (
          <Fact key={`${fact.frame} ${fact.title}`} fact={fact} />
        ))}
      </ol>
      <p class="limit small dim">{overview.limit}</p>
      <WaysOn overview={overview} all={all} onToggle={() => setAll(!all)} />
      <Others overview={overview} />
    </section>
  );
}

function Fact({ fact }: { readonly fact: FactView }) {
  const { state } = usePage();
  const texts = useTexts();
  const { frame, title, detail, value, note, contradictsPrevious } = fact;
  return (
    <li class={`fact ${frame !== 0 && frame === state.frame ? "revealed" : ""}`}>
      {frame === 0 ? <span /> : <FrameLink frame={frame} />}
      <div>
        {title}
        <div class="dim small">{detail}</div>
      </div>
      <div class="value">
        {value === null ? null : (
          <span class="mono">
            <Boxed value={value} />
          </span>
        )}
        <div class="dim small">{note}</div>
      </div>
      {contradictsPrevious ? (
        <span class="contradiction" role="img" aria-label={texts.text("differsFrom")}>
          <Icon name="differs" />
        </span>
      ) : null}
    </li>
  );
}

function FrameLink({ frame }: { readonly frame: number }) {
  const { model } = usePage();
  return <Link onOpen={() => model.openMessage(frame)}>{useTexts().text("frame", frame)}</Link>;
}

function RuleLink({ rule }: { readonly rule: string }) {
  const { model } = usePage();
  return (
    <Link onOpen={() => model.post({ type: "open-rule", rule })} title={rule}>
      {useTexts().text("explainRule")}
    </Link>
  );
}

interface WaysOnProps {
  readonly overview: OverviewView;
  readonly all: boolean;
  readonly onToggle: () => void;
}

function WaysOn({ overview, all, onToggle }: WaysOnProps) {
  const { model, state } = usePage();
  const texts = useTexts();
  const group = useRef<HTMLParagraphElement>(null);
  useRoving(group, ".link", "horizontal");
  const { ruleSection, rule, moreFacts } = overview;
  const compared = state.comparison?.connection === overview.id && state.comparison.comparison !== null;
  return (
    <p class="small ways-on" ref={group}>
      {compared ? <Link onOpen={() => model.showView("comparison", "comparison")}>{texts.text("compareValues")}</Link> : null}
      {moreFacts.length === 0 ? null : (
        <Link onOpen={onToggle} expanded={all}>
          {texts.text(all ? "lessEvidence" : "allEvidence")}
        </Link>
      )}
      {ruleSection === null ? null : (
        <Link
          onOpen={() => model.post({ type: "open-section", section: ruleSection.id })}
          title={rule === null ? ruleSection.label : texts.text("sectionOfRule", ruleSection.label, rule)}
        >
          {ruleSection.label}
        </Link>
      )}
      {rule === null ? null : <RuleLink rule={rule} />}
    </p>
  );
}

function Others({ overview }: { readonly overview: OverviewView }) {
  const texts = useTexts();
  const list = useRef<HTMLUListElement>(null);
  useRoving(list, ".link", "vertical");
  if (overview.others.length === 0) return null;
  return (
    <>
      <h3 class="others-head small">{texts.text("alsoFound")}</h3>
      <ul class="others small" ref={list}>
        {overview.others.map((other) => (
          <li key={`${other.rule} ${other.frame} ${other.title}`}>
            <OutcomeIcon outcome={other.outcome} />
            <span title={other.rule}>{other.title}</span>
            {other.frame === 0 ? null : <FrameLink frame={other.frame} />}
            {other.rule === "" ? null : <RuleLink rule={other.rule} />}
          </li>
        ))}
      </ul>
    </>
  );
}
