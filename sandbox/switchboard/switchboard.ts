import { readForm } from '../http/form.ts'
import { type Answer, type Incoming, json, plain, seeOther } from '../http/messages.ts'
import type { Sandbox } from '../sandbox.ts'
import { answerApi } from './api.ts'
import { isOwnChange } from './same-origin.ts'
import { switchboardPage } from './switchboard-page.ts'

/** `/` and the forms on it, each a thin coat over the API; null for any other path. */
export function answerSwitchboard(sandbox: Sandbox, incoming: Incoming): Answer | null {
  if (incoming.path === '/' && incoming.method === 'GET') return switchboardPage(sandbox, null)
  if (!incoming.path.startsWith('/switchboard/')) return null
  if (incoming.method !== 'POST' || !isOwnChange(incoming)) return plain(403, 'only from the switchboard itself')
  const form = new Map(readForm(incoming.body).map(({ name, value }) => [name.toString(), value.toString()]))
  const call = callOf(incoming.path.slice('/switchboard'.length), form)
  if (!call) return plain(404, 'not found')
  const answer = answerApi(sandbox, {
    ...incoming,
    ...call,
    query: '',
    body: Buffer.from(JSON.stringify(call.json ?? {})),
  })
  if (answer && answer.status < 300) return seeOther('/')
  return switchboardPage(sandbox, String((answer ?? json({})).body))
}

interface ApiCall {
  readonly method: 'POST' | 'DELETE'
  readonly path: string
  readonly json?: unknown
}

type Form = ReadonlyMap<string, string>

function callOf(path: string, form: Form): ApiCall | null {
  const id = form.get('id') ?? ''
  switch (path) {
    case '/fault':
      return { method: 'POST', path: '/api/faults', json: faultOf(form) }
    case '/fault-removed':
      return { method: 'DELETE', path: id === '' ? '/api/faults' : `/api/faults/${id}` }
    case '/clock':
      return { method: 'POST', path: '/api/clock', json: clockOf(form) }
    case '/speed':
      return { method: 'POST', path: '/api/speed', json: { factor: Number(form.get('factor')) } }
    case '/resend':
      return { method: 'POST', path: `/api/notifications/${id}/resend` }
    case '/rotate-certificate':
      return { method: 'POST', path: `/api/${form.get('gateway')}/rotate-certificate` }
    case '/act':
      return { method: 'POST', path: `/api/${form.get('gateway')}/trades/${id}/${form.get('act')}` }
    default:
      return null
  }
}

function clockOf(form: Form): unknown {
  const minutes = Number(form.get('minutes'))
  return form.get('minutes') === 'reset' ? { offset_ms: 0 } : { advance_ms: Math.round(minutes * 60_000) }
}

function faultOf(form: Form): unknown {
  const [point, kind] = (form.get('fault') ?? '').split('/')
  const filled = (name: string) => form.get(name)?.trim() || undefined
  const number = (name: string) => (filled(name) === undefined ? undefined : Number(filled(name)))
  return {
    gateway: filled('gateway'),
    point,
    kind,
    target: filled('target'),
    method: filled('method'),
    times: filled('times') === 'always' ? null : number('times'),
    value: number('value'),
  }
}
