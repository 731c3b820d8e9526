const SLOW_MS = 1_000
/** Where lines cannot be written over, a step that goes on says so again after this long. */
const STILL_MS = 15_000

/** Runs one step of the start. A step that takes long says that it goes on, and how long it took. */
export async function step<T>(what: string, work: () => Promise<T>): Promise<T> {
  const started = performance.now()
  const elapsedMs = () => performance.now() - started
  const finishNote = process.stdout.isTTY ? tick(what, elapsedMs) : note(what, elapsedMs)
  try {
    const result = await work()
    finishNote()
    if (elapsedMs() > SLOW_MS || process.stdout.isTTY) console.log(`  ${what}: ${seconds(elapsedMs(), 1)}`)
    return result
  } catch (error) {
    finishNote()
    throw error
  }
}

const seconds = (ms: number, digits = 0) => `${(ms / 1000).toFixed(digits)} s`

/** One line that counts; the returned function wipes it. */
function tick(what: string, elapsedMs: () => number): () => void {
  const ticker = setInterval(() => process.stdout.write(`\r  ${what} … ${seconds(elapsedMs(), 1)} `), 200)
  return () => {
    clearInterval(ticker)
    process.stdout.write('\r\u001b[K')
  }
}

/** For a log: a line once the step proves slow, and one every now and then. */
function note(what: string, elapsedMs: () => number): () => void {
  const first = setTimeout(() => console.log(`  ${what} …`), SLOW_MS)
  const more = setInterval(() => console.log(`  ${what} … ${seconds(elapsedMs())}`), STILL_MS)
  return () => {
    clearTimeout(first)
    clearInterval(more)
  }
}
