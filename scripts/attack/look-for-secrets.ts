import { existsSync, globSync, readFileSync } from 'node:fs'
import type { Attempt } from './attack.ts'

const NAMES = /KEY|SECRET|PASSWORD|TOKEN|DATABASE_URL/
const LONG_ENOUGH = 12

/** Every secret among the settings, looked for in what browsers are sent and, where one says where it is, in the log. */
export function lookForSecrets(
  settings: Readonly<Record<string, string | undefined>>,
  logFile: string | null,
): Attempt[] {
  const secrets = Object.entries(settings).flatMap(([name, value]) =>
    NAMES.test(name) &&
    !name.endsWith('_FILE') &&
    !/PUBLIC_KEY|CERTIFICATE/.test(name) &&
    value &&
    value.length >= LONG_ENOUGH
      ? [
          [
            name,
            value.split('\n').find((line) => line.length >= LONG_ENOUGH && !line.startsWith('-----')) ?? value,
          ] as const,
        ]
      : [],
  )
  const files = [
    ...globSync('.next/static/**/*', { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => `${entry.parentPath}/${entry.name}`),
    ...(logFile && existsSync(logFile) ? [logFile] : []),
  ]
  const contents = files.map((file) => ({ file, text: readFileSync(file, 'latin1') }))
  return secrets.map(([name, value]) => ({
    what: `${name} in ${files.length} files`,
    broke: contents.find(({ text }) => text.includes(value))?.file ?? null,
  }))
}
