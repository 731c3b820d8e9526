import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { StartFailure } from './start-failure.ts'

/** True when that process is a launcher of ours: after a crash its number may belong to another program. */
function isLauncher(pid: number): boolean {
  try {
    process.kill(pid, 0)
    const commandLine = `/proc/${pid}/cmdline`
    return !existsSync(commandLine) || readFileSync(commandLine, 'utf8').includes('start.mjs')
  } catch {
    return false
  }
}

/**
 * One launcher to a data folder.
 * @returns gives the folder free again.
 * @throws {StartFailure} while another launcher runs.
 */
export function lockFolder(folder: string): () => void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const file = join(folder, 'launcher.pid')
  const holder = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0
  if (holder > 0 && holder !== process.pid && isLauncher(holder))
    throw new StartFailure(
      `The shop runs from this folder already (process ${holder}): stop that one, or set DATA_DIR to another folder.`,
    )
  writeFileSync(file, String(process.pid))
  return () => rmSync(file, { force: true })
}
