import { useRef } from "preact/hooks";
import type { ListView } from "../../src/protocol/views.ts";
import { usePage } from "../pageContext.ts";
import { useTexts } from "../texts.ts";
import { Link } from "../ui/link.tsx";
import { useRoving } from "../ui/roving.ts";
import { TextField } from "../ui/textField.tsx";
import { ConnectionList } from "./connectionList.tsx";

/** The connections of the capture: by outcome, by a filter, as a list. */
export function ConnectionSection({ list }: { readonly list: ListView }) {
  const { model, state } = usePage();
  const texts = useTexts();
  const nothing = model.rows.known && model.rows.total === 0;
  return (
    <section class="connections" aria-labelledby="connections">
      <div class="connections-head">
        <h2 id="connections">{texts.text("connections")}</h2>
        <Chips list={list} />
        <TextField
          id="filter"
          label={texts.text("filterLabel")}
          placeholder={texts.text("filter")}
          value={state.typed}
          icon="filter"
          onInput={(typed) => model.typeFilter(typed)}
        />
      </div>
      <ConnectionList />
      {nothing ? (
        <p class="small nothing">
          {texts.text("noConnection")}{" "}
          {state.filter === "" ? null : <Link onOpen={() => model.clearFilter()}>{texts.text("clearFilter")}</Link>}
        </p>
      ) : null}
    </section>
  );
}

function Chips({ list }: { readonly list: ListView }) {
  const { model, state } = usePage();
  const texts = useTexts();
  const group = useRef<HTMLFieldSetElement>(null);
  useRoving(group, "button", "horizontal");
  return (
    <fieldset class="chips" aria-label={texts.text("outcomes")} ref={group}>
      {list.chips.map((chip) => (
        <button key={chip.id} type="button" aria-pressed={chip.id === state.chip} onClick={() => model.chooseChip(chip.id)}>
          {`${chip.label} ${texts.count(chip.count)}`}
        </button>
      ))}
    </fieldset>
  );
}
