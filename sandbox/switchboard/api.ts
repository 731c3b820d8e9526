import { z } from 'zod'
import { FAULT_POINTS } from '../faults/fault-kinds.ts'
import { type Answer, type Incoming, json } from '../http/messages.ts'
import { readJson } from '../http/read-json.ts'
import { listDeliveries, listNotifications } from '../notifier/notification-queue.ts'
import type { Sandbox } from '../sandbox.ts'
import { shanghaiTime } from '../shanghai-time.ts'
import { isOwnChange } from './same-origin.ts'

const FaultInput = z.object({
  gateway: z.string().default('alipay'),
  point: z.enum(FAULT_POINTS),
  kind: z.string(),
  target: z.string().max(64).optional(),
  method: z.string().max(128).optional(),
  times: z.number().int().min(1).max(1_000_000).nullable().optional(),
  chance: z.number().min(0).max(1).optional(),
  value: z.number().int().min(-1e12).max(1e12).optional(),
})

const ClockInput = z.union([
  z.object({ offset_ms: z.number().int().min(-1e13).max(1e13) }),
  z.object({ advance_ms: z.number().int().min(-1e13).max(1e13) }),
])
const SpeedInput = z.object({ factor: z.number().positive().max(1e9) })

/** `/api/…`: everything that the switchboard shows and does, as JSON; null for any other path. */
export function answerApi(sandbox: Sandbox, incoming: Incoming): Answer | null {
  if (!incoming.path.startsWith('/api/')) return null
  if (!isOwnChange(incoming)) return json({ error: 'asked by another site' }, 403)
  const path = incoming.path.slice('/api'.length)
  for (const gateway of sandbox.gateways) {
    if (!path.startsWith(`/${gateway.name}/`)) continue
    const answer = gateway.answerApi(path.slice(gateway.name.length + 1), incoming)
    sandbox.wake()
    if (answer) return answer
  }
  const answer = incoming.method === 'GET' ? show(sandbox, path, incoming) : change(sandbox, path, incoming)
  return answer ?? json({ error: 'not found' }, 404)
}

function show(sandbox: Sandbox, path: string, incoming: Incoming): Answer | null {
  const search = new URLSearchParams(incoming.query)
  const filter = { target: search.get('target') ?? undefined, limit: Number(search.get('limit') ?? 500) || 500 }
  switch (path) {
    case '/state':
      return json(stateOf(sandbox))
    case '/book':
      return json(Object.fromEntries(sandbox.gateways.map((gateway) => [gateway.name, gateway.book()])))
    case '/faults':
      return json(sandbox.faults.list())
    case '/notifications':
      return json(listNotifications(sandbox.book, filter))
    case '/deliveries':
      return json(listDeliveries(sandbox.book, filter))
    default:
      return null
  }
}

export const stateOf = (sandbox: Sandbox) => ({
  now: shanghaiTime(sandbox.clock.now()),
  now_ms: sandbox.clock.now(),
  offset_ms: sandbox.clock.offsetMs(),
  speed: sandbox.pace.factor(),
  gateways: sandbox.gateways.map(({ name, url, merchantFile }) => ({ name, url, merchantFile })),
})

function change(sandbox: Sandbox, path: string, incoming: Incoming): Answer | null {
  const { method } = incoming
  const faultId = /^\/faults\/(\d{1,15})$/.exec(path)?.[1]
  const resendId = /^\/notifications\/([\w-]{1,64})\/resend$/.exec(path)?.[1]
  if (method === 'DELETE' && path === '/faults') return done(() => sandbox.faults.clear())
  if (method === 'DELETE' && faultId) return done(() => sandbox.faults.remove(BigInt(faultId)))
  if (method !== 'POST') return null
  if (resendId) return done(() => sandbox.notifier.resend(resendId), sandbox)
  const body = readJson(incoming.body)
  switch (path) {
    case '/faults':
      return parsed(FaultInput, body, (order) =>
        sandbox.faults.findKind(order.gateway, order.point, order.kind)
          ? json(sandbox.faults.add(order), 201)
          : json({ error: `${order.gateway} has no fault ${order.point}/${order.kind}` }, 422),
      )
    case '/speed':
      return parsed(SpeedInput, body, ({ factor }) => done(() => sandbox.pace.setFactor(factor), sandbox))
    case '/clock':
      return parsed(ClockInput, body, (input) => {
        const { clock } = sandbox
        clock.setOffset('offset_ms' in input ? input.offset_ms : clock.offsetMs() + input.advance_ms)
        for (const gateway of sandbox.gateways) gateway.letTimePass()
        sandbox.wake()
        return json(stateOf(sandbox))
      })
    default:
      return null
  }
}

function done(act: () => void, sandbox?: Sandbox): Answer {
  act()
  sandbox?.wake()
  return json({ done: true })
}

function parsed<T>(schema: z.ZodType<T>, body: unknown, act: (input: T) => Answer): Answer {
  const result = schema.safeParse(body)
  return result.success ? act(result.data) : json({ error: z.prettifyError(result.error) }, 422)
}
