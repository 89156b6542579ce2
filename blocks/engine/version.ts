// The engine's own version.

/** Bumped whenever a rule of what a run means changes: part of every report's provenance. */
export const engineVersion = '1.0.0'
