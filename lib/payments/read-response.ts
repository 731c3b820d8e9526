import { open } from 'node:fs/promises'

/** The whole body, or null once it is longer than `limit` bytes. */
export async function readAll(response: Response, limit: number): Promise<Uint8Array | null> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of response.body ?? []) {
    length += chunk.length
    if (length > limit) return null
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** Writes the body into the file `path` as it streams. False when it is longer than `limit` bytes, and was cut there. */
export async function saveBody(response: Response, path: string, limit: number): Promise<boolean> {
  const file = await open(path, 'w')
  try {
    let length = 0
    for await (const chunk of response.body ?? []) {
      const taken = chunk.subarray(0, limit - length)
      await file.writeFile(taken)
      length += taken.length
      if (taken.length < chunk.length) return false
    }
    return true
  } finally {
    await file.close()
  }
}

/** Why a call to a gateway came to nothing, in words for staff. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'the call failed'
  if (error.name === 'TimeoutError') return 'the gateway did not answer in time'
  const cause = error.cause instanceof Error ? error.cause.message : error.message
  return `the gateway could not be reached: ${cause}`
}
