/** What the program's exit code says. A file that could not be read weighs more than a finding. */
export const ExitCode = { clean: 0, findings: 1, unreadable: 2, usage: 64 } as const;
