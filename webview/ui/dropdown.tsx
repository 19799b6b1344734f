import { type ComponentChildren, h } from "preact";
import { Icon } from "./icon.tsx";

export interface DropdownOption {
  readonly value: string;
  readonly label: string;
  readonly title: string;
  readonly icon: ComponentChildren;
}

interface DropdownProps {
  readonly label: string;
  readonly value: string;
  readonly options: readonly DropdownOption[];
  readonly onChange: (value: string) => void;
}

/** One of several, with a picture each. The closed field shows the chosen one with its picture. */
export function Dropdown({ label, value, options, onChange }: DropdownProps) {
  const chosen = options.find((option) => option.value === value);
  const change = (event: Event) => {
    if (event.target instanceof HTMLElement && "value" in event.target) onChange(String(event.target.value));
  };
  return h(
    "vscode-dropdown",
    { "aria-label": chosen === undefined ? label : `${label}: ${chosen.label}`, title: chosen?.title ?? label, onChange: change },
    <span slot="selected-value" class="chosen">
      {chosen?.icon}
      <span class="cut">{chosen?.label}</span>
    </span>,
    <Icon name="down" slot="indicator" />,
    options.map((option) =>
      h(
        "vscode-option",
        { key: option.value, value: option.value, selected: option.value === value, title: option.title },
        option.icon,
        option.label,
      ),
    ),
  );
}
