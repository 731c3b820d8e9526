export interface Message {
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** How long the sender waits for an answer; 15 s where the provider does not say. */
  readonly answerWithinMs?: number
}

/** `status` null: nobody answered, and `body` says why. */
export interface SendResult {
  readonly status: number | null
  readonly body: string
}

/** Carries one message to a merchant. Never throws: a lost message is an outcome. */
export type Send = (url: string, message: Message) => Promise<SendResult>

const ANSWER_WITHIN_MS = 15_000

/** Over HTTP, without following redirects: to a gateway a redirect is a refusal. */
export const sendByHttp: Send = async (url, message) => {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: message.headers,
      body: message.body,
      redirect: 'manual',
      signal: AbortSignal.timeout(message.answerWithinMs ?? ANSWER_WITHIN_MS),
    })
    return { status: response.status, body: await response.text() }
  } catch (error) {
    return { status: null, body: reasonOf(error) }
  }
}

/** What lies under fetch's own "fetch failed". */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? error.cause.message : error.message
}
