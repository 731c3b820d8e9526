import { createServer } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { parseArgs } from 'node:util'
import { SMTPServer } from 'smtp-server'
import { mailListPage, mailPage } from './mail-pages.ts'
import { openMailbox } from './mailbox.ts'

/**
 * Catches every mail of the demonstration shop: SMTP on one port, pages and `GET /api/mails` on another, loopback only.
 * `node sandbox/mail/start.ts --folder .data/mail --smtp-port 3025 --port 3080`. Prints `ready` once both listen.
 */
const { values } = parseArgs({
  options: { folder: { type: 'string' }, 'smtp-port': { type: 'string' }, port: { type: 'string' } },
})
const MAIL_BYTES_AT_MOST = 5 * 1024 * 1024
const LISTED_AT_MOST = 200

const mailbox = openMailbox(values.folder ?? '.data/mail')

const smtp = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS', 'AUTH'],
  size: MAIL_BYTES_AT_MOST,
  onData(stream, _session, done) {
    buffer(stream).then(
      (raw) => {
        mailbox.store(raw)
        done()
      },
      (error: Error) => done(error),
    )
  },
})
smtp.on('error', (error) => console.error(error.message))

const web = createServer(async (request, response) => {
  const path = new URL(request.url ?? '/', 'http://localhost').pathname
  const html = (status: number, body: string) =>
    response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' }).end(body)
  if (path === '/api/mails') {
    if (request.method === 'DELETE') mailbox.clear()
    const mails = await mailbox.list(LISTED_AT_MOST)
    response
      .writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' })
      .end(JSON.stringify(mails))
    return
  }
  if (path === '/') return html(200, mailListPage(await mailbox.list(LISTED_AT_MOST)))
  const mail = await mailbox.find(path.slice('/mail/'.length))
  return mail ? html(200, mailPage(mail)) : html(404, mailListPage(await mailbox.list(LISTED_AT_MOST)))
})

smtp.listen(Number(values['smtp-port'] ?? 3025), '127.0.0.1', () =>
  web.listen(Number(values.port ?? 3080), '127.0.0.1', () => console.log('ready')),
)

function stop() {
  smtp.close(() => web.close(() => process.exit(0)))
  web.closeAllConnections()
}
process.once('SIGTERM', stop)
process.once('SIGINT', stop)
