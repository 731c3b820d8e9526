const EVERY_MS = 1_000
const EVERY_LINE_MS = 10_000

/** Tells how far a long work is: one line that is written over on a terminal, now and then a line elsewhere. */
export function showProgress() {
  const startedAt = performance.now()
  let shownAt = startedAt
  const often = process.stdout.isTTY ? EVERY_MS : EVERY_LINE_MS
  return {
    tell: (text: string) => {
      if (performance.now() - shownAt < often) return
      shownAt = performance.now()
      process.stdout.write(process.stdout.isTTY ? `\r\u001b[K  ${text}` : `  ${text}\n`)
    },
    end: () => {
      if (process.stdout.isTTY) process.stdout.write('\r\u001b[K')
      return (performance.now() - startedAt) / 1000
    },
  }
}

export const megabytes = (bytes: number): string => `${(bytes / 1_000_000).toFixed(1)} MB`
