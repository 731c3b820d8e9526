const STORED_AS = 'office-keys'
const listeners = new Set<() => void>()

/** Whether single keys act, by the choice of this browser; true until somebody chose. */
export function areKeysOn(): boolean {
  try {
    return localStorage.getItem(STORED_AS) !== 'off'
  } catch {
    return true // a browser may forbid it
  }
}

export function switchKeys(on: boolean): void {
  try {
    localStorage.setItem(STORED_AS, on ? 'on' : 'off')
  } catch {
    // Forbidden as well: the choice cannot be kept.
  }
  for (const tell of listeners) tell()
}

/** @returns a function that ends it. */
export function followKeys(tell: () => void): () => void {
  listeners.add(tell)
  return () => listeners.delete(tell)
}
