/** The events of OpenSIPS that the core of this host raises; those of modules stand in their manifests. */
export const raisedEvents: ReadonlySet<string> = new Set([
  'E_CORE_LOG',
  'E_CORE_SR_STATUS_CHANGED',
  'E_CORE_TCP_DISCONNECT',
]);
