import { type Answer, html, plain } from '../http/messages.ts'
import type { LINE_FAULTS } from './fault-kinds.ts'
import type { Struck } from './fault-rules.ts'

export type LineFault = keyof typeof LINE_FAULTS

const HTML_PAGE = '<!doctype html><title>502</title><h1>502 Bad Gateway</h1><hr>Tengine'
const silence = (broken: 'no-answer' | 'reset'): Answer => ({ status: 200, headers: {}, body: '', broken })

/** What comes back in place of the work: the first fault that says so, and nothing has been done. */
export function answerInstead(struck: Struck): { readonly kind: LineFault; readonly answer: Answer } | null {
  const ways: [LineFault, () => Answer][] = [
    ['timeout_before', () => silence('no-answer')],
    ['reset_before', () => silence('reset')],
    ['http_500', () => plain(500, 'Internal Server Error')],
    ['html', () => html(HTML_PAGE)],
  ]
  const way = ways.find(([kind]) => struck.has(kind))
  return way ? { kind: way[0], answer: way[1]() } : null
}

/** What happens to an answer on its way, the work being done. */
export function breakAnswer(answer: Answer, struck: Struck): Answer {
  const late = struck.get('slow')
  const timed = late === undefined ? answer : { ...answer, afterMs: late }
  if (struck.has('timeout_after')) return { ...timed, broken: 'no-answer' }
  if (struck.has('reset_after')) return { ...timed, broken: 'reset' }
  if (struck.has('half_answer')) return { ...timed, broken: 'half' }
  return struck.has('http_500_after') ? plain(500, 'Internal Server Error') : timed
}
