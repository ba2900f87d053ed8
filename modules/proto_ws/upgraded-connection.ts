/**
 * What tells a WebSocket from other connections. In a file of its own, so that a check, which opens none, does not load
 * what frames need.
 */
export abstract class UpgradedConnection {
  /** The head of the upgrade request, one character a byte; undefined where this side has connected. */
  abstract readonly request: string | undefined;
}
