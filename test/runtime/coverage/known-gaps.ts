/** Core entries of 3.6 that tsips does not have, each with the reason; the check of a config says so at its place. */
export const knownGaps: Readonly<Record<string, string>> = {};
