import { channel } from 'node:diagnostics_channel'

/** Names a request within this process; written by `true-status.ts`, so what a client sends under this name is gone. */
export const REQUEST_HEADER = 'x-comptoir-request'

/** One for the whole process: what starts with it and what answers pages are bundles of their own. */
const begun = channel('comptoir:action-begun')

/** Says that the body of an action could be read and its door was reached. */
export const sayActionBegun = (headers: Headers): void => begun.publish(headers.get(REQUEST_HEADER))

export const onActionBegun = (hear: (request: unknown) => void): void => begun.subscribe(hear)
