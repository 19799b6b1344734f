import { usePage } from "../pageContext.ts";
import { useTexts } from "../texts.ts";
import { Checkbox } from "../ui/checkbox.tsx";
import { Dropdown } from "../ui/dropdown.tsx";
import { Link } from "../ui/link.tsx";
import { TextField } from "../ui/textField.tsx";

/** What the list is narrowed to, and what it holds. */
export function MessageFilter() {
  const { messages } = usePage().model;
  const texts = useTexts();
  const { choice, typed, list } = messages.state;
  const commands = list?.commands ?? [];
  const options = [{ id: "", label: texts.text("allCommands") }, ...commands].map(({ id, label }) => ({
    value: id,
    label,
    title: label,
    icon: null,
  }));
  return (
    <div class="message-filter">
      <TextField
        id="message-filter"
        label={texts.text("messageFilterLabel")}
        placeholder={texts.text("messageFilter")}
        value={typed}
        icon="filter"
        onInput={(text) => messages.typeText(text)}
      />
      <Dropdown
        label={texts.text("command")}
        value={choice.command}
        options={options}
        onChange={(command) => messages.choose({ command })}
      />
      <Checkbox
        id="errors-only"
        label={texts.text("errorsOnly")}
        checked={choice.status === "errors"}
        onChange={(only) => messages.choose({ status: only ? "errors" : "all" })}
      />
      <Checkbox
        id="matters-only"
        label={texts.text("mattersOnly")}
        checked={choice.matters}
        onChange={(matters) => messages.choose({ matters })}
      />
      <span class="small dim" role="status">
        {list?.summary}
      </span>
      <Pager />
    </div>
  );
}

function Pager() {
  const { messages } = usePage().model;
  const texts = useTexts();
  const { list, choice } = messages.state;
  if (list === null || list.limit === "") return null;
  return (
    <span class="pager small">
      {list.limit}
      {choice.page > 0 ? <Link onOpen={() => messages.choose({ page: choice.page - 1 })}>{texts.text("previousPage")}</Link> : null}
      {choice.page + 1 < list.pages ? (
        <Link onOpen={() => messages.choose({ page: choice.page + 1 })}>{texts.text("nextPage")}</Link>
      ) : null}
    </span>
  );
}
