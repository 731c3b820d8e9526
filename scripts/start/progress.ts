const SLOW_MS = 1_000

/** Runs one step of the start. A step that takes long says that it goes on, and how long it took. */
export async function step<T>(what: string, work: () => Promise<T>): Promise<T> {
  const started = performance.now()
  const elapsed = () => `${((performance.now() - started) / 1000).toFixed(1)} s`
  const live = process.stdout.isTTY
  const note = setTimeout(() => !live && console.log(`  ${what} …`), SLOW_MS)
  const ticker = live ? setInterval(() => process.stdout.write(`\r  ${what} … ${elapsed()} `), 200) : undefined
  try {
    const result = await work()
    if (performance.now() - started > SLOW_MS || live) console.log(`${live ? '\r\u001b[K' : ''}  ${what}: ${elapsed()}`)
    return result
  } catch (error) {
    if (live) process.stdout.write('\n')
    throw error
  } finally {
    clearTimeout(note)
    clearInterval(ticker)
  }
}
