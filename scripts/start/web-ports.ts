import type { StartSettings } from './settings.ts'

/** The ports of the web processes behind the front: two for shoppers, one for what providers tell. */
export const portsBehind = ({ port }: StartSettings) => ({ shop: [port, port + 1] as const, notify: port + 2 })
