import { type IncomingMessage, Server } from 'node:http'

/** Who is connected to this process: set by us on every request, so what a client sends under this name is gone. */
export const PEER_HEADER = 'x-comptoir-peer'

/**
 * Writes the address of the connection into each request, before anything else looks at it. Next shows its handlers
 * headers and no connection, and headers alone cannot tell a proxy's word from a stranger's.
 */
export function notePeers(): void {
  const emit: (event: string, ...args: unknown[]) => boolean = Server.prototype.emit
  Server.prototype.emit = function (this: Server, event: string, ...args: unknown[]) {
    if (event === 'request' || event === 'upgrade') {
      const request = args[0] as IncomingMessage
      request.headers[PEER_HEADER] = request.socket.remoteAddress ?? ''
    }
    return emit.call(this, event, ...args)
  }
}
