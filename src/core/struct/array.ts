import { type FieldIssue, type FieldOptions, type FixedField, MAX_ELEMENTS, type Part, type PartPlace, type Reading } from "./field.ts";
import { type Anchor, missingIssues, overlapIssues, startOf } from "./region.ts";

const MAX_SHOWN_ELEMENTS = 64;

/** `count` fields of the same kind, one after the other. Elements that the bytes do not hold are left out. */
export function array<T, M>(
  item: FixedField<T>,
  count: (values: M) => number | undefined,
  options: FieldOptions & Anchor<M> = {},
): Part<readonly T[], M> {
  return {
    walk(place) {
      const wanted = count(place.values);
      const start = startOf(place, options);
      return wanted === undefined || start === undefined ? undefined : arrayReading(place, item, options, start, wanted);
    },
  };
}

function arrayReading<T, M>(
  place: PartPlace<M>,
  item: FixedField<T>,
  options: FieldOptions,
  wantedStart: number,
  wanted: number,
): Reading<readonly T[]> {
  const { scope } = place;
  const start = Math.min(wantedStart, scope.end);
  const there = Math.min(wanted, MAX_ELEMENTS, Math.floor((scope.end - start) / item.size));
  const children = Array.from({ length: there }, (_, index) => itemReading(place, item, options, start + index * item.size, index));
  const value = there === 0 && wanted > 0 ? undefined : children.map((child) => child.value as T);
  const issues = wanted === 0 ? [] : arrayIssues(place, wantedStart, wanted, item.size);
  const end = start + there * item.size;
  return {
    name: place.name,
    value,
    start,
    end,
    options,
    section: place.section,
    issues,
    children,
    show: () => ({ value: joined(children) }),
  };
}

function arrayIssues<M>(place: PartPlace<M>, start: number, wanted: number, size: number): readonly FieldIssue[] {
  const missing = missingIssues(place, start, start + wanted * size);
  const capped: readonly FieldIssue[] = wanted > MAX_ELEMENTS ? [{ kind: "too-many", data: { count: wanted, limit: MAX_ELEMENTS } }] : [];
  return [...overlapIssues(place, start), ...missing, ...capped];
}

function itemReading<T, M>(place: PartPlace<M>, item: FixedField<T>, options: FieldOptions, start: number, index: number): Reading<T> {
  const value = item.read(place.scope.bytes, start);
  const merged = { ...options, ...item.options };
  const show = () => item.show(value);
  const end = start + item.size;
  return { name: `[${index}]`, value, start, end, options: merged, section: place.section, issues: [], children: [], show };
}

function joined(items: readonly Reading[]): string {
  const texts = items.slice(0, MAX_SHOWN_ELEMENTS).map((item) => {
    const { label, value } = item.show();
    return label ?? value;
  });
  return items.length > MAX_SHOWN_ELEMENTS ? `${texts.join(", ")}…` : texts.join(", ");
}
