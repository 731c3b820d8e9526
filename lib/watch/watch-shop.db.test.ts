import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import { eq, sql as text } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import { db, sql } from '#db/client.ts'
import { raiseIncident } from '#db/incidents/raise-incident.ts'
import { incidentCalls, incidentSteps, incidents } from '#db/incidents/schema.ts'
import { workIncident } from '#db/incidents/work-incident.ts'
import { recordMessage } from '#db/payments/record-message.ts'
import { noteProcess } from '#db/processes/note-process.ts'
import { pauseProvider, resumeProvider } from '#db/providers/pause-provider.ts'
import { readUnoffered } from '#db/providers/read-offering.ts'
import { recordCall } from '#db/providers/record-call.ts'
import { permitFor } from '#db/testing/permit-for.ts'
import { probeProvider } from '../jobs/probe-provider.ts'
import { watchShop } from '../jobs/watch-shop.ts'
import type { PaymentProvider } from '../payments/port.ts'
import { tellOperator } from './tell-operator.ts'
import { watchWorker } from './watch-worker.ts'

const NOW = new Date()
const later = (seconds: number) => new Date(NOW.getTime() + seconds * 1_000)

beforeEach(async () => {
  await sql`truncate incidents, provider_calls, provider_pauses, hidden_ways, offering_overrides, payment_messages cascade`
  await sql`delete from pgboss.job`
})

const openOnes = () => db.select().from(incidents).where(text`settled_at is null`)
const surge = (occurrence: string | null) =>
  ({ kind: 'messages_forged', subject: 'provider:alipay', occurrence, evidence: { lately: 12 } }) as const

test('repeats are counted and not multiplied, a sighting once, by twenty watchers at once', async () => {
  const seen = ['10h', '10h', '11h', '12h'].flatMap((hour) => Array.from({ length: 5 }, () => surge(hour)))
  const opened = await Promise.all(seen.map((sighting) => raiseIncident(sighting, NOW)))
  expect(opened.filter((id) => id !== null)).toHaveLength(1)
  expect(await openOnes()).toMatchObject([{ kind: 'messages_forged', severity: 'high', count: 3 }])
  const jobs = await sql`select data ->> 'channel' as channel from pgboss.job where name = 'tell-operator' order by 1`
  expect(jobs.map(({ channel }) => channel)).toEqual(['mail', 'webhook'])
})

test('what a person settled is not opened again by what was seen before, but by what is new', async () => {
  const permit = permitFor('incidents.work')
  const id = (await raiseIncident(surge('10h'), NOW)) ?? ''
  const settle = () => workIncident(permit, { incidentId: id, step: 'settled', note: 'blocked the sender', ip: null })
  expect(await Promise.all([settle(), settle()])).toContainEqual({ ok: false, error: { code: 'not_open' } })
  expect(await raiseIncident(surge('10h'), later(60))).toBeNull()
  expect(await openOnes()).toEqual([])
  expect(await raiseIncident(surge('13h'), later(60))).not.toBeNull()
  const steps = await db
    .select({ step: incidentSteps.step })
    .from(incidentSteps)
    .where(eq(incidentSteps.incidentId, id))
  expect(steps).toEqual([{ step: 'opened' }, { step: 'settled' }])
})

test('a shop in which nothing happened is quiet; a job that waits is seen within a minute and passes by itself', async () => {
  expect(await watchShop(NOW)).toEqual({ opened: [], passed: 0, paused: [], held: [], slowed: [] })
  await sql`insert into pgboss.job (name, data, start_after) values ('expire-order', '{}', ${later(-61).toISOString()})`
  expect((await watchShop(NOW)).opened).toEqual(['queue_late'])
  expect((await watchShop(later(60))).opened).toEqual([])
  expect(await openOnes()).toMatchObject([{ count: 1, lastSeenAt: later(60) }])
  await sql`delete from pgboss.job`
  expect(await watchShop(later(120))).toMatchObject({ passed: 1 })
  expect(await openOnes()).toEqual([])
})

test('a job that failed for good is told with its name and its error', async () => {
  const data = '{"orderId": "x"}'
  const [failed] = await sql<{ id: string }[]>`
    insert into pgboss.job (name, data, state, dead_letter, output, completed_on)
    values ('expire-order', ${data}::jsonb, 'failed', 'dead-jobs', '{"message": "no such order"}', now()) returning id`
  await sql`insert into pgboss.job (name, data) values ('dead-jobs', ${data}::jsonb)`
  expect((await watchShop(new Date())).opened).toEqual(['jobs_dead'])
  expect(await openOnes()).toMatchObject([
    { subject: 'job:expire-order', evidence: { name: 'expire-order', job: failed?.id, failure: 'no such order' } },
  ])
})

test('a genuine message from an address that the door has on no list is told, with the address', async () => {
  const kept = (headers: Record<string, string>) =>
    recordMessage({
      ...{ provider: 'wechatpay', source: 'notify', body: new Uint8Array(), receivedAt: NOW },
      ...{ verdict: 'accepted', kind: 'nothing', eventId: 'e', outTradeNo: 'n', nonce: null },
      headers: new Headers(headers),
    })
  await kept({ 'x-real-ip': '101.226.103.1' })
  expect((await watchShop(NOW)).opened).toEqual([])
  await kept({ 'x-real-ip': '192.0.2.1', 'x-unlisted-source': '192.0.2.1' })
  expect((await watchShop(NOW)).opened).toEqual(['sender_unlisted'])
  expect(await openOnes()).toMatchObject([{ evidence: { address: '192.0.2.1', messages: 1 } }])
})

const probed = (answers: boolean) =>
  new Map([
    [
      'alipay' as const,
      {
        query: async () =>
          answers
            ? { ok: true, value: { state: 'not_found' } }
            : { ok: false, error: { code: 'unknown', reason: 'x' } },
      } as unknown as PaymentProvider,
    ],
  ])

test('a provider without answers is taken from the checkout, probed, and back with its first answer', async () => {
  const fail = () => recordCall({ provider: 'alipay', call: 'query', answered: false, startedAt: NOW }, later(-30))
  await fail()
  await fail()
  expect(await readUnoffered()).toEqual(new Map())
  await fail()
  expect(await readUnoffered()).toEqual(new Map([['alipay', 'unreachable']]))
  expect(await probeProvider(probed(false), 'alipay', new Date())).toEqual({ probed: true, answered: false })
  expect(await probeProvider(probed(true), 'alipay', new Date())).toEqual({ probed: false })
  expect((await watchShop(new Date())).opened).toContain('provider_silent')
  expect(await probeProvider(probed(true), 'alipay', later(20))).toEqual({ probed: true, answered: true })
  expect(await readUnoffered()).toEqual(new Map())
})

test('a paused provider is not offered until a person says so, and both stand in the audit log', async () => {
  expect(await pauseProvider('unionpay', 'three reports', 'system', NOW)).toBe(true)
  expect(await pauseProvider('unionpay', 'three reports', 'system', NOW)).toBe(false)
  expect(await readUnoffered()).toEqual(new Map([['unionpay', 'paused']]))
  const resume = () => resumeProvider(permitFor('incidents.work'), 'unionpay', 'looked at')
  expect(await Promise.all([resume(), resume()])).toContainEqual({ ok: false, error: { code: 'not_paused' } })
  expect(await readUnoffered()).toEqual(new Map())
  const told = await sql`select action from audit_log where about_kind = 'provider' order by id`
  expect(told.map(({ action }) => action).slice(-2)).toEqual(['provider.paused', 'provider.resumed'])
})

test('a worker that is silent for a minute is told by one of three web processes, again when mail was away, once in all', async () => {
  const mails: string[] = []
  let isAway = true
  const operator = {
    ...{ mail: 'owner@example.com', webhook: null, publicUrl: 'https://shop.example' },
    send: async (_to: string, _id: string, { subject }: { subject: string }) => {
      if (isAway) throw new Error('away')
      mails.push(subject)
    },
  }
  const worker = { id: randomUUID(), kind: 'worker', host: 'a', pid: 1, version: '1', startedAt: new Date() } as const
  await noteProcess({ ...worker, seenAt: worker.startedAt })
  const look = (untold: Awaited<ReturnType<typeof watchWorker>> = []) =>
    watchWorker(operator, { aliveS: 600, untold }, new Date())
  expect(await look()).toEqual([])
  expect(await openOnes()).toEqual([])
  await sql`update processes set seen_at = clock_timestamp() - interval '61 seconds' where id = ${worker.id}`
  const seen = (await Promise.all([look(), look(), look()])).flat()
  expect(seen.map(({ channel }) => channel)).toEqual(['mail'])
  expect(await openOnes()).toMatchObject([{ kind: 'worker_silent', severity: 'high', evidence: { silentS: 61 } }])
  isAway = false
  expect(await look(seen)).toEqual([])
  expect(mails).toEqual(['Comptoir: No worker lives'])
  const [incident] = await openOnes()
  const job = { incidentId: incident?.id ?? '', channel: 'mail' } as const
  expect(await tellOperator(job, operator, new Date())).toBe('told_before')
  await noteProcess({ ...worker, seenAt: new Date() })
  await look()
  await watchShop(new Date(Date.now() + 1_000))
  expect(await openOnes()).toEqual([])
})

test('the operator is told by mail and by a signed webhook; each try is noted, and a refused one is tried again', async () => {
  const incidentId = (await raiseIncident(surge(null), NOW)) ?? ''
  const got: { status: number; headers: Record<string, unknown>; body: string }[] = []
  const receiver = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    const status = got.length === 0 ? 503 : 200
    got.push({ status, headers: request.headers, body })
    response.writeHead(status).end()
  })
  await new Promise<void>((done) => receiver.listen(0, '127.0.0.1', done))
  const address = receiver.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const mails: string[] = []
  const operator = {
    mail: 'owner@example.com',
    webhook: { url: `http://127.0.0.1:${port}/`, secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' },
    publicUrl: 'https://shop.example',
    send: async (to: string, _id: string, mail: { subject: string }) => {
      mails.push(`${to}: ${mail.subject}`)
    },
  }
  try {
    await expect(tellOperator({ incidentId, channel: 'webhook' }, operator, NOW)).rejects.toThrow('503')
    expect(await tellOperator({ incidentId, channel: 'webhook' }, operator, NOW)).toBe('told')
    expect(await tellOperator({ incidentId, channel: 'mail' }, operator, NOW)).toBe('told')
  } finally {
    receiver.close()
  }
  expect(got[0]?.headers['webhook-id']).toBe(got[1]?.headers['webhook-id'])
  expect(got[1]?.headers['webhook-signature']).toMatch(/^v1,/)
  expect(JSON.parse(got[1]?.body ?? '')).toMatchObject({ type: 'incident.opened', data: { kind: 'messages_forged' } })
  expect(mails).toEqual(['owner@example.com: Comptoir: Many messages in a provider’s name are not believed'])
  const calls = await db.select({ channel: incidentCalls.channel, failure: incidentCalls.failure }).from(incidentCalls)
  expect(calls.map(({ channel, failure }) => [channel, failure === null])).toEqual([
    ['webhook', false],
    ['webhook', true],
    ['mail', true],
  ])
})
