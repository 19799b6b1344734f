import { h } from "preact";

interface CheckboxProps {
  readonly id: string;
  readonly label: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}

export function Checkbox({ id, label, checked, onChange }: CheckboxProps) {
  const change = (event: Event) => {
    if (event.target instanceof HTMLElement && "checked" in event.target) onChange(event.target.checked === true);
  };
  return h("vscode-checkbox", { id, checked, onChange: change }, label);
}
