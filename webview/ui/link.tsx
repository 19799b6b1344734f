import type { ComponentChildren } from "preact";

interface LinkProps {
  readonly onOpen: () => void;
  readonly children: ComponentChildren;
  readonly title?: string;
  /** True or false for a link that shows and hides a part of the page. */
  readonly expanded?: boolean;
  /** -1 where its list or row hands out the focus. */
  readonly tabIndex?: number;
}

// Its role tells what it is: a link, or a button of what it shows and hides.
const LinkText = "span";

/**
 * A link inside the product. It has no address on purpose: VS Code would open or scroll to any `href`. One that shows and hides a part
 * is a button to those who do not see it.
 */
export function Link({ onOpen, children, title, expanded, tabIndex = 0 }: LinkProps) {
  const openByKey = (event: KeyboardEvent) => {
    if (event.key !== "Enter" && !(expanded !== undefined && event.key === " ")) return;
    event.preventDefault();
    event.stopPropagation();
    onOpen();
  };
  const open = (event: MouseEvent) => {
    event.stopPropagation();
    onOpen();
  };
  const kind = expanded === undefined ? { role: "link" as const } : { role: "button" as const, "aria-expanded": expanded };
  return (
    <LinkText class="link" {...kind} tabIndex={tabIndex} title={title} onClick={open} onKeyDown={openByKey}>
      {children}
    </LinkText>
  );
}
