import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { reasonOf, StartFailure } from './start-failure.ts'

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
 * @returns how to give the folder free again, and whether the last launcher was killed before it could.
 * @throws {StartFailure} while another launcher runs, or when the folder cannot be written.
 */
export function lockFolder(folder: string): { release: () => void; lastWasKilled: boolean } {
  const file = join(folder, 'launcher.pid')
  const left = existsSync(file) ? Number(readFileSync(file, 'utf8')) : null
  if (left !== null && left > 0 && left !== process.pid && isLauncher(left))
    throw new StartFailure(
      `The shop runs from this folder already (process ${left}): stop that one, or set DATA_DIR to another folder.`,
    )
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    writeFileSync(file, String(process.pid))
  } catch (error) {
    throw new StartFailure(`The data folder cannot be written (${reasonOf(error)}): set DATA_DIR to another folder.`)
  }
  return { release: () => rmSync(file, { force: true }), lastWasKilled: left !== null }
}
