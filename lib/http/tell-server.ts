import { channel } from 'node:diagnostics_channel'

/** Names a request within this process; written by `true-status.ts`, so what a client sends under this name is gone. */
export const REQUEST_HEADER = 'x-comptoir-request'

/** What the door of an action has to tell the HTTP server, since Next lets no action say anything of its status. */
export type Told = {
  readonly request: string | null
  /** Set when somebody has tried too often: seconds until it is worth trying again. */
  readonly retryAfterS: number | null
}

/** One for the whole process: what starts with it and what answers pages are bundles of their own. */
const doors = channel('comptoir:action-doors')

/** Says that the body of an action could be read and its door was reached. */
export const sayActionBegun = (headers: Headers): void =>
  say({ request: headers.get(REQUEST_HEADER), retryAfterS: null })

export const sayTooOften = (headers: Headers, retryAfterS: number): void =>
  say({ request: headers.get(REQUEST_HEADER), retryAfterS })

const say = (told: Told): void => doors.publish(told)

export const onActionTold = (hear: (told: Told) => void): void => doors.subscribe((told) => hear(told as Told))
