import type { ComponentChildren } from "preact";
import { useRef } from "preact/hooks";
import { useRoving } from "./roving.ts";

export interface Tab<Id extends string> {
  readonly id: Id;
  readonly label: string;
  readonly title?: string;
  /** Stands behind the label, e.g. a badge. */
  readonly after?: ComponentChildren;
}

interface TabListProps<Id extends string> {
  /** Name of the list, and start of the ids of its tabs. */
  readonly label: string;
  readonly prefix: string;
  readonly class: string;
  readonly tabs: readonly Tab<Id>[];
  readonly selected: Id;
  /** Id of the element that the tabs switch. */
  readonly controls: string;
  readonly onSelect: (id: Id) => void;
}

/** Tabs of the page or of a part of it: one Tab stop, arrow keys select. */
export function TabList<Id extends string>({ label, prefix, class: kind, tabs, selected, controls, onSelect }: TabListProps<Id>) {
  const list = useRef<HTMLDivElement>(null);
  useRoving(list, "[role=tab]", "horizontal", (element) => element.click());
  return (
    <div class={kind} role="tablist" aria-label={label} ref={list}>
      {tabs.map((tab) => (
        <button
          key={tab.id}
          type="button"
          role="tab"
          id={`${prefix}-${tab.id}`}
          aria-selected={tab.id === selected}
          aria-controls={controls}
          title={tab.title}
          onClick={() => onSelect(tab.id)}
        >
          {tab.label}
          {tab.after}
        </button>
      ))}
    </div>
  );
}
