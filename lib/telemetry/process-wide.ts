/** Next bundles `instrumentation.ts` apart from the routes: what they share in a process hangs on its global object. */
const shared = globalThis as typeof globalThis & { comptoirTelemetry?: Map<string, unknown> }

/** The one of this process, made by whoever asks first. */
export function processWide<T>(name: string, make: () => T): T {
  shared.comptoirTelemetry ??= new Map()
  const kept = shared.comptoirTelemetry
  if (!kept.has(name)) kept.set(name, make())
  return kept.get(name) as T
}
