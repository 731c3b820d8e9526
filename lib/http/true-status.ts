import { type IncomingMessage, Server, type ServerResponse } from 'node:http'
import { STATUS_HEADER } from './status-header.ts'
import { onActionTold, REQUEST_HEADER, type Told } from './tell-server.ts'

/**
 * Gives answers the status that Next has no way to give: 403 for a page that was begun before it asked who comes, 429 for
 * an action that was tried too often, and 400 where it answers 500 to a body for an action that it could not read.
 */
export function giveTrueStatuses(): void {
  const emit: (event: string, ...args: unknown[]) => boolean = Server.prototype.emit
  const actions = new Map<string, Told>()
  onActionTold((told) => {
    if (told.request !== null) actions.set(told.request, told)
  })
  let requests = 0
  Server.prototype.emit = function (this: Server, event: string, ...args: unknown[]) {
    if (event === 'request') {
      const [request, response] = args as [IncomingMessage, ServerResponse]
      const name = String(++requests)
      request.headers[REQUEST_HEADER] = name
      response.once('close', () => actions.delete(name))
      correctHead(response, (status) => trueStatus(status, request, response, actions.get(name)))
    }
    return emit.call(this, event, ...args)
  }
}

function trueStatus(
  status: number,
  request: IncomingMessage,
  response: ServerResponse,
  told: Told | undefined,
): number {
  const said = Number(response.getHeader(STATUS_HEADER))
  response.removeHeader(STATUS_HEADER)
  if (status === 500 && isAction(request) && !told) return 400
  if (status !== 200) return status
  if (said > 0) return said
  // An action of another page is asked by Next itself, which passes on what it said and not its status.
  if (isAction(request) && response.hasHeader('retry-after')) return 429
  if (!told || told.retryAfterS === null) return status
  response.setHeader('retry-after', String(told.retryAfterS))
  return 429
}

/** A POST to a page is an action, or nothing. */
const isAction = ({ method, url = '' }: IncomingMessage): boolean => method === 'POST' && !/^\/(api|_next)\//.test(url)

function correctHead(response: ServerResponse, trueOf: (status: number) => number): void {
  const write = response.writeHead
  const corrected = (status: number, ...rest: unknown[]): ServerResponse =>
    Reflect.apply(write, response, [trueOf(status), ...rest])
  response.writeHead = corrected as typeof write
}
