/** The library: `import { createHost } from 'tsips'`. */

export { type CheckedConfig, type CheckOptions, checkConfig } from './check-config.ts';
export { describeModules } from './describe-modules.ts';
export {
  createHost,
  type Host,
  type HostOptions,
  type HostState,
  type InjectSource,
} from './host.ts';
export { HostError, type HostErrorCode, hostErrorCodes } from './host-error.ts';
export { createLog, type Log, type LogOptions } from './log/log.ts';
export type * from './module-exports.ts';
export { productVersion } from './version.ts';
