/** Keeps proxies from cutting a line on which nothing happens, and finds a change that nobody announced. */
const LOOK_EVERY_MS = 15_000
/** A browser that is still there comes again by itself. */
const LASTS_MS = 10 * 60_000

export type Standing = { readonly version: string; readonly final: boolean }

/**
 * Server-Sent Events about one order: its version at once, after each change and now and then, until it is final. A version says that
 * the page should look again, and nothing else.
 * @param read null when the order is gone.
 * @param follow calls back after each change and returns what ends that; when it fails the stream ends.
 * @param onEnd called once.
 */
export function orderStream({
  read,
  follow,
  onEnd,
}: {
  read: () => Promise<Standing | null>
  follow: (onChange: () => void) => Promise<() => void>
  onEnd: () => void
}): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  const endings: (() => void)[] = [onEnd]
  let ended = false

  function release() {
    ended = true
    for (const end of endings.splice(0)) end()
  }

  return new ReadableStream({
    async start(controller) {
      const send = (text: string) => {
        if (!ended) controller.enqueue(encoder.encode(text))
      }
      const close = () => {
        if (ended) return
        release()
        controller.close()
      }
      const look = async () => {
        const standing = await read().catch(() => null)
        if (standing) send(`data: ${standing.version}\n\n`)
        if (!standing || standing.final) close()
      }
      send('retry: 2000\n\n')
      const lookAgain = () => {
        look().catch(close)
      }
      const heartbeat = setInterval(lookAgain, LOOK_EVERY_MS)
      const last = setTimeout(close, LASTS_MS)
      endings.push(
        () => clearInterval(heartbeat),
        () => clearTimeout(last),
      )
      const unfollow = await follow(lookAgain).catch(() => null)
      if (!unfollow) return close()
      if (ended) return unfollow()
      endings.push(unfollow)
      await look()
    },
    cancel: release,
  })
}
