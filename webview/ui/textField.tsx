import { h } from "preact";
import { Icon, type IconName } from "./icon.tsx";

interface TextFieldProps {
  readonly id: string;
  readonly label: string;
  readonly placeholder: string;
  readonly value: string;
  readonly icon: IconName;
  readonly onInput: (value: string) => void;
}

export function TextField({ id, label, placeholder, value, icon, onInput }: TextFieldProps) {
  const input = (event: Event) => {
    if (event.target instanceof HTMLElement && "value" in event.target) onInput(String(event.target.value));
  };
  return h(
    "vscode-text-field",
    { id, "aria-label": label, placeholder, value, onInput: input },
    <Icon name={icon} slot="start" class="dim" />,
  );
}
