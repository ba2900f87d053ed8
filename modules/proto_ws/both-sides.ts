/** What runs once a host is up, of server and client: loaded together, with the package ws, by the first that is asked. */
export { upgradeAsClient } from './client-upgrade.ts';
export { listen } from './listener.ts';
