import { type ComponentChildren, h } from "preact";
import { Icon, type IconName } from "./icon.tsx";

interface ButtonProps {
  readonly onPress: () => void;
  readonly primary?: boolean;
  readonly children: ComponentChildren;
}

export function Button({ onPress, primary = false, children }: ButtonProps) {
  return h("vscode-button", { appearance: primary ? "primary" : "secondary", onClick: onPress }, children);
}

interface IconButtonProps {
  readonly onPress: () => void;
  readonly icon: IconName;
  readonly label: string;
}

/** A button of 22 pixels with a picture instead of a word. */
export function IconButton({ onPress, icon, label }: IconButtonProps) {
  return h(
    "vscode-button",
    { appearance: "icon", class: "icon-button", "aria-label": label, title: label, onClick: onPress },
    <Icon name={icon} />,
  );
}
