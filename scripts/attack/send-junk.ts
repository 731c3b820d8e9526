import type { Attempt, Target } from './attack.ts'
import { knownActions } from './forge-requests.ts'

const BODIES = 5_000
const AT_ONCE = 16
/** Nobody may wait longer for a refusal, and nobody else longer because of it. */
const ANSWER_WITHIN_MS = 5_000
const LAG_AT_MOST_S = 0.2
/** Row after row of what the protocol of actions means something by: references, promises, files, streams, numbers. */
const PIECES = [
  '"$F1"',
  '"$@0"',
  '"$K1"',
  '"$Q1"',
  '"$W2"',
  '"$n9e9"',
  '"$D"',
  '"$1:__proto__:x"',
  '"$r0"',
  '[',
  '{',
  '"',
  '0:',
]

/** The same for the same number, so that what broke can be sent again. */
function* randomly(seed: number): Generator<number, never> {
  for (let state = seed + 1; ; ) {
    state = (state * 48_271) % 2_147_483_647
    yield state
  }
}

function junk(seed: number): FormData {
  const random = randomly(seed)
  const pick = (most: number) => random.next().value % most
  const body = new FormData()
  for (let field = 0; field <= pick(6); field++) {
    const pieces = Array.from({ length: 1 + pick(40) }, () => PIECES[pick(PIECES.length)] ?? '')
    const name = ['0', '1', `_${pick(3)}_email`, '$ACTION_REF_1', '$ACTION_1:0', `${pick(9_999)}`][pick(6)] ?? '0'
    body.append(name, `${'['.repeat(pick(60))}${pieces.join(',')}`)
  }
  return body
}

/**
 * Mutated bodies at every action of the build beside us, from our own pages as it seems: refused, none with a fault of
 * ours, and nobody waits. The lag is the process's own figure, where it lets this machine read it.
 */
export async function sendJunk({ ask, url }: Target): Promise<Attempt[]> {
  const ids = knownActions().map(([id]) => id)
  const seeds = Array.from({ length: ids.length === 0 ? 0 : BODIES }, (_, seed) => seed)
  const attempts: Attempt[] = []
  const one = async (seed: number): Promise<Attempt> => {
    const headers = { 'next-action': ids[seed % ids.length] ?? '', origin: url, 'sec-fetch-site': 'same-origin' }
    const began = performance.now()
    const { status } = await ask('/en/account/sign-in', { method: 'POST', headers, body: junk(seed) })
    const tookMs = performance.now() - began
    if (status >= 500) return { what: `junk ${seed}`, broke: `answered ${status}` }
    return { what: `junk ${seed}`, broke: tookMs > ANSWER_WITHIN_MS ? `took ${tookMs.toFixed(0)} ms` : null }
  }
  while (seeds.length > 0) attempts.push(...(await Promise.all(seeds.splice(0, AT_ONCE).map(one))))
  const metrics = await ask('/api/metrics')
  const lag = /^comptoir_process_nodejs_eventloop_lag_p99_seconds ([\d.e-]+)$/m.exec(await metrics.text())?.[1]
  if (lag === undefined) return attempts
  const tooLate = Number(lag) > LAG_AT_MOST_S
  return [...attempts, { what: 'event loop, 99 %', broke: tooLate ? `${(1_000 * Number(lag)).toFixed(0)} ms` : null }]
}
