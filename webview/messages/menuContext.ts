/** A message, or a field of it, as the context menu of VS Code gives it to a command. */
export interface MenuPlace {
  readonly connection: number;
  readonly page: number;
  readonly index: number;
  /** Empty for the whole message. */
  readonly path: string;
}

/** Attributes that make VS Code show the menu for copying over an element. */
export function menuContext(place: MenuPlace): { readonly "data-vscode-context": string } {
  const context = { webviewSection: "message", preventDefaultContextMenuItems: true, ...place };
  return { "data-vscode-context": JSON.stringify(context) };
}
