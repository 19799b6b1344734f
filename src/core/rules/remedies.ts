export type { RemedyId } from "./remedyId.ts";
