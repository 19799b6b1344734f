import type { ViewId } from "../src/protocol/messages.ts";
import type { ConnectionRowView } from "../src/protocol/views.ts";
import { usePage } from "./pageContext.ts";
import { useTexts } from "./texts.ts";
import { Dropdown, type DropdownOption } from "./ui/dropdown.tsx";
import { Icon, OutcomeIcon } from "./ui/icon.tsx";
import { type Tab, TabList } from "./ui/tabList.tsx";

/** Views at the left, the connection that they show at the right. */
export function Bar() {
  const { model, state } = usePage();
  const texts = useTexts();
  const tabs: readonly Tab<ViewId>[] = [
    { id: "overview", label: texts.text("overview") },
    { id: "comparison", label: texts.text("comparison"), after: <Differences /> },
    { id: "messages", label: texts.text("messages") },
  ];
  return (
    <header class="bar">
      <TabList
        label={texts.text("views")}
        prefix="view"
        class="tabs"
        tabs={tabs}
        selected={state.view}
        controls="view"
        onSelect={(view) => model.showView(view)}
      />
      <Picker />
    </header>
  );
}

function Differences() {
  const { comparison } = usePage().state;
  const texts = useTexts();
  const count = comparison?.comparison?.differences ?? 0;
  if (count === 0) return null;
  const title = count === 1 ? texts.text("oneValueDiffers") : texts.text("valuesDiffer", texts.count(count));
  return (
    <>
      <span class="badge" title={title} aria-hidden="true">
        {texts.count(count)}
      </span>
      <span class="unseen">{title}</span>
    </>
  );
}

function Picker() {
  const { model, state } = usePage();
  const texts = useTexts();
  const { picker } = model;
  const rows: ConnectionRowView[] = [];
  for (let index = 0; index < Math.min(picker.total, picker.pageSize); index++) {
    const row = picker.row(index);
    if (row !== undefined) rows.push(row);
  }
  const options = rows.map(optionOf);
  if (state.connection !== 0 && !rows.some((row) => row.id === state.connection)) options.unshift(optionOfShown(state));
  const more = picker.total - rows.length;
  if (more > 0) {
    const label = texts.text("moreConnections", texts.count(more));
    options.push({ value: LIST, label, title: label, icon: <Icon name="filter" slot="start" class="dim" /> });
  }
  const choose = (value: string) => {
    if (value === LIST) model.showView("overview", "list");
    else model.select(Number(value));
  };
  return <Dropdown label={texts.text("connectionShown")} value={String(state.connection)} options={options} onChange={choose} />;
}

/** Value of the option that leads to the list, where more connections are than the picker offers. */
const LIST = "list";

function optionOf(row: ConnectionRowView): DropdownOption {
  const label = `${row.client} → ${row.server}`;
  return { value: String(row.id), label, title: `${label}, ${row.text}`, icon: <OutcomeIcon outcome={row.outcome} slot="start" /> };
}

function optionOfShown({ connection, overview }: ReturnType<typeof usePage>["state"]): DropdownOption {
  const shown = overview?.id === connection ? overview : null;
  const label = shown?.subject[0] ?? "";
  const icon = shown === null ? null : <OutcomeIcon outcome={shown.outcome} slot="start" />;
  return { value: String(connection), label, title: label, icon };
}
