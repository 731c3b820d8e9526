import { resolve } from 'node:path'
import { Worker } from 'node:worker_threads'
import { expect, onTestFinished, test } from 'vitest'
import { askForHoles, judgeAudit } from './known-holes.ts'

const project = resolve(import.meta.dirname, '../..')
const now = new Date('2026-11-21T12:00:00Z')
const answer = (name: string, severity: string) => JSON.stringify({ vulnerabilities: { [name]: { severity } } })

test.each([
  ['high, in production', 'next', 'high', {}, ['next: high']],
  ['critical, in production', 'next', 'critical', {}, ['next: critical']],
  ['moderate', 'next', 'moderate', {}, []],
  ['high, for tests only', 'vitest', 'high', {}, []],
  ['with an exception until today', 'next', 'high', { next: { reason: 'not used', until: '2026-11-21' } }, []],
  ['whose exception is over', 'next', 'high', { next: { reason: 'not used', until: '2026-11-20' } }, ['next: high']],
])('a hole, %s', (_, name, severity, exceptions, serious) => {
  expect(judgeAudit(answer(name, severity), ['next'], exceptions, now)).toEqual({ kind: 'answered', known: 1, serious })
})

test.each(['', '<html>', '{"message":"405 Method Not Allowed","body":""}'])(
  '%j is no answer, not a clean one',
  (text) => {
    expect(judgeAudit(text, ['next'], {}, now).kind).toBe('no_answer')
  },
)

/** A registry in a thread of its own, since `askForHoles` blocks: it knows of one hole, or answers no audit. */
async function startRegistry(hole: object | null): Promise<string> {
  const thread = new Worker(
    `const { parentPort, workerData } = require('node:worker_threads')
     const server = require('node:http').createServer((request, response) => {
       const audit = request.method === 'POST' && request.url.includes('/security/advisories/bulk')
       response.writeHead(audit && workerData ? 200 : 405, { 'content-type': 'application/json' })
       response.end(audit && workerData ? JSON.stringify(workerData) : '')
     })
     server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port))`,
    { eval: true, workerData: hole },
  )
  onTestFinished(async () => {
    await thread.terminate()
  })
  const port = await new Promise<number>((done) => thread.once('message', done))
  return `http://127.0.0.1:${port}/`
}

test('npm finds a planted hole in a production package of our lockfile', async () => {
  const hole = { id: 1, url: 'https://example.com/1', title: 'planted', severity: 'critical', vulnerable_versions: '*' }
  const registry = await startRegistry({ 'age-encryption': [hole] })
  expect(askForHoles(project, registry)).toEqual({
    kind: 'answered',
    known: 1,
    serious: ['age-encryption: critical'],
  })
}, 60_000)

test('a registry without audits is said to give none', async () => {
  expect(askForHoles(project, await startRegistry(null)).kind).toBe('no_answer')
}, 60_000)
