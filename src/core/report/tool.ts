/** What reports say of the program that made them. A test holds the version to that of package.json. */
export const TOOL = { name: "smb-lens", displayName: "SMB Lens", version: "0.1.0" } as const;
