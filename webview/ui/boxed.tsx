import type { BoxedValue } from "../../src/protocol/views.ts";

/** A value whose differing part is boxed: bold, on a background or with a border, never by colour alone. */
export function Boxed({ value }: { readonly value: BoxedValue }) {
  const { before, marked, after, side } = value;
  return (
    <>
      {before}
      {marked === "" ? null : side === "none" ? marked : <b class={side}>{marked}</b>}
      {after}
    </>
  );
}
