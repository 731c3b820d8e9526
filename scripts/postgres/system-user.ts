import { execFileSync, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

const NAME = 'postgres'
type SystemUser = { readonly uid: number; readonly gid: number }

/** The system's user for PostgreSQL, made when there is none. Throws when it cannot be made, or root cannot become it. */
export function findSystemUser(): SystemUser {
  const user = readUser() ?? makeUser()
  const tried = spawnSync('true', [], { ...user, cwd: '/' })
  if (tried.status !== 0) throw tried.error ?? new Error(`nothing can be run as ${NAME}`)
  return user
}

function makeUser(): SystemUser {
  const args = ['--system', '--user-group', '--no-create-home', '--shell', '/bin/false', NAME]
  execFileSync('useradd', args, { stdio: 'ignore' })
  const made = readUser()
  if (!made) throw new Error(`useradd did not make ${NAME}`)
  return made
}

function readUser(): SystemUser | null {
  for (const line of readFileSync('/etc/passwd', 'utf8').split('\n')) {
    const [name, , uid, gid] = line.split(':')
    if (name === NAME) return { uid: Number(uid), gid: Number(gid) }
  }
  return null
}
