import { readFileSync } from 'node:fs'
import type { Finding } from '../lib/payments/port.ts'
import { createRegistry, type PaymentRegistry } from '../lib/payments/registry.ts'

// Says for each payment provider whether it would work, and exits with 1 when one would not.

const SIGNS = { ok: '  ok      ', warning: '  warning ', error: '  error   ' } as const

const registry = openRegistry()
if (registry) {
  if (registry.size === 0) console.log('No payment provider is set up.')
  for (const provider of registry.values()) {
    console.log(provider.name)
    report(await provider.diagnose())
  }
}

function openRegistry(): PaymentRegistry | null {
  try {
    return createRegistry(process.env, { readFile: (path) => readFileSync(path), clock: () => new Date() })
  } catch (error) {
    const lines = error instanceof Error ? error.message.split('\n') : ['the settings cannot be read']
    report(lines.map((text) => ({ level: 'error', text })))
    return null
  }
}

function report(findings: readonly Finding[]): void {
  for (const { level, text } of findings) console.log(`${SIGNS[level]}${text}`)
  if (findings.some(({ level }) => level === 'error')) process.exitCode = 1
}
