/*
 * Elements that grids and links are made of. They carry roles of their own: a row of a grid takes the focus for its cells, a table whose
 * rows are laid out as a grid on a narrow page loses the roles of its elements, and a list of a hundred thousand rows cannot be a table
 * at all. As names they say what they are in place, where `td` or `div` would say something else.
 */
export const Grid = "div";
export const GridRowGroup = "div";
export const GridRow = "div";
export const GridCell = "span";

export const TreeGrid = "table";
export const TreeRowGroup = "tbody";
export const TreeHead = "thead";
export const TreeRow = "tr";
export const TreeColumn = "th";
export const TreeCell = "td";

export const Tree = "div";
export const TreeItem = "div";
/** A part of a row that the mouse can press and whose row does the same by key. */
export const MouseTarget = "span";
export const Separator = "div";
