/** A bug of the simulator itself: its process ends. */
export function fail(error: unknown): void {
  queueMicrotask(() => {
    throw error
  })
}
