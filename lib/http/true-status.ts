import { type IncomingMessage, Server, type ServerResponse } from 'node:http'
import { onActionBegun, REQUEST_HEADER } from './action-begun.ts'
import { STATUS_HEADER } from './status-header.ts'

/**
 * Gives answers the status that Next has no way to give: 403 for a page that was begun before it asked who comes, and 400
 * where it answers 500 to a body for an action that it could not read.
 */
export function giveTrueStatuses(): void {
  const emit: (event: string, ...args: unknown[]) => boolean = Server.prototype.emit
  const actions = new Set<unknown>()
  onActionBegun((request) => actions.add(request))
  let requests = 0
  Server.prototype.emit = function (this: Server, event: string, ...args: unknown[]) {
    if (event === 'request') {
      const [request, response] = args as [IncomingMessage, ServerResponse]
      const name = String(++requests)
      request.headers[REQUEST_HEADER] = name
      response.once('close', () => actions.delete(name))
      correctHead(response, () => isUnreadable(request) && !actions.has(name))
    }
    return emit.call(this, event, ...args)
  }
}

/** A POST to a page is an action, or nothing. */
const isUnreadable = ({ method, url = '' }: IncomingMessage): boolean =>
  method === 'POST' && !/^\/(api|_next)\//.test(url)

function correctHead(response: ServerResponse, isUnreadableAction: () => boolean): void {
  const write = response.writeHead
  const corrected = (status: number, ...rest: unknown[]): ServerResponse => {
    const said = Number(response.getHeader(STATUS_HEADER))
    response.removeHeader(STATUS_HEADER)
    const right = status === 200 && said > 0 ? said : status === 500 && isUnreadableAction() ? 400 : status
    return Reflect.apply(write, response, [right, ...rest])
  }
  response.writeHead = corrected as typeof write
}
