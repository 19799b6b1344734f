/* The commands that need the declarations of all messages, twice the size of the rest: bundled as a file of its own. */
export { compareCommand } from "./compareCommand.ts";
export { showCommand } from "./showCommand.ts";
