import { err, type Result } from '../../result.ts'
import type { CallError } from '../errors.ts'
import { readAll, reasonOf } from '../read-response.ts'
import { repeatWhileUnknown } from '../repeat-call.ts'

const MAX_ANSWER_BYTES = 1_048_576

type Fields = readonly (readonly [name: string, value: string])[]

/**
 * Posts a form and reads the answer, up to three times while the outcome is unknown and the budget lasts.
 * @param fields made anew for each try, so that the timestamp is fresh.
 */
export function postForm<T>(
  { gatewayUrl, budgetMs }: { readonly gatewayUrl: string; readonly budgetMs: number },
  fields: () => Fields,
  read: (body: Uint8Array) => Promise<Result<T, CallError>>,
): Promise<Result<T, CallError>> {
  return repeatWhileUnknown(budgetMs, async (timeLeftMs) => {
    const answer = await postOnce(gatewayUrl, fields(), timeLeftMs)
    return answer instanceof Uint8Array ? read(answer) : err({ code: 'unknown', reason: answer.failure })
  })
}

async function postOnce(url: string, fields: Fields, timeoutMs: number): Promise<Uint8Array | { failure: string }> {
  try {
    const response = await fetch(address(url, fields), {
      method: 'POST',
      redirect: 'error',
      headers: { 'content-type': 'application/x-www-form-urlencoded;charset=utf-8' },
      body: new URLSearchParams(
        fields.filter(([name]) => name === 'biz_content').map(([name, value]) => [name, value]),
      ),
      signal: AbortSignal.timeout(timeoutMs),
    })
    if (response.status !== 200) {
      await response.body?.cancel()
      return { failure: `the gateway answered HTTP ${response.status}` }
    }
    return (await readAll(response, MAX_ANSWER_BYTES)) ?? { failure: 'the answer is too long' }
  } catch (error) {
    return { failure: reasonOf(error) }
  }
}

/** Everything but the content goes into the query: without `charset` in sight, Alipay reads the body as GBK. */
function address(url: string, fields: Fields): URL {
  const full = new URL(url)
  for (const [name, value] of fields) if (name !== 'biz_content') full.searchParams.append(name, value)
  return full
}
