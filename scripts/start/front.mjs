// Runs Caddy in front of the shop's web processes and goes when its launcher goes. Says so once it answers.
import { spawn } from 'node:child_process'
import { request } from 'node:https'
import { setTimeout as wait } from 'node:timers/promises'

const [program, file, port, host] = process.argv.slice(2)
const caddy = spawn(program, ['run', '--config', file, '--adapter', 'caddyfile'], {
  stdio: ['ignore', 'inherit', 'inherit'],
})
caddy.once('error', ({ message }) => {
  console.error(message)
  process.exit(1)
})
caddy.once('exit', (code) => process.exit(code ?? 1))
for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => caddy.kill('SIGTERM'))
process.on('exit', () => caddy.kill('SIGKILL'))

/** Whoever signed the certificate: this only asks whether anybody is there. */
const answers = () =>
  new Promise((done) => {
    const asking = request({
      host: '127.0.0.1',
      port,
      servername: host,
      path: '/api/health',
      rejectUnauthorized: false,
      headers: { host },
    })
    asking.once('response', (answer) => done(answer.resume().statusCode === 200))
    asking.once('error', () => done(false))
    asking.end()
  })
while (!(await answers())) await wait(100)
console.log('front answers')
