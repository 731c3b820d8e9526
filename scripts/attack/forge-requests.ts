import { existsSync, globSync, readFileSync } from 'node:fs'
import { z } from 'zod'
import { type Attempt, type Target, tryAll } from './attack.ts'

const SECRET = 'A'.repeat(43)
/** Doors that others than our pages knock at, each with what stands before it instead of the proof of our origin. */
const OPEN_TO_OTHERS: Readonly<Record<string, string>> = {
  '/api/notify/[provider]': 'the signature of the provider',
  '/api/return/[provider]': 'a signature, and nothing is changed by it',
  '/api/reports': 'thirty lines of the log a minute',
}
const ELSEWHERE: readonly (readonly [string, Record<string, string>])[] = [
  ['another origin', { origin: 'https://evil.example' }],
  ['a sandboxed frame', { origin: 'null' }],
  ['no word of where from', {}],
  ['a sibling host', { 'sec-fetch-site': 'same-site', origin: 'https://sibling.localhost' }],
  ['another site, our origin claimed', { 'sec-fetch-site': 'cross-site' }],
  ['typed into the address bar', { 'sec-fetch-site': 'none' }],
]
const FORM = 'application/x-www-form-urlencoded'

/** The addresses of all route handlers that change something, as the sources name them. */
const mutations = (): readonly string[] =>
  globSync('app/**/route.ts')
    .filter((file) => /export (?:const|async function) (?:POST|PUT|PATCH|DELETE)/.test(readFileSync(file, 'utf8')))
    .map(
      (file) =>
        `/${file
          .replace(/^app\//, '')
          .replace(/\([^)]*\)\//g, '')
          .replace(/\/route\.ts$/, '')}`,
    )
    .filter((path) => OPEN_TO_OTHERS[path] === undefined)

/** Six kinds of foreign page times every mutation, as a form and as plain text: each must be refused. */
export async function forgeRequests({ ask }: Target): Promise<Attempt[]> {
  const cases = mutations().flatMap((path) =>
    ELSEWHERE.flatMap(([from, headers]) => [FORM, 'text/plain'].map((type) => ({ path, from, headers, type }))),
  )
  return tryAll(cases, async ({ path, from, headers, type }) => {
    const address = path.replace('[locale]', 'en').replace(/\[\w+\]/g, SECRET)
    const { status } = await ask(address, {
      method: 'POST',
      headers: { ...headers, 'content-type': type },
      body: 'a=1',
    })
    const refused = status === 403 || status === 415
    return { what: `POST ${path} from ${from} as ${type}`, broke: refused ? null : `answered ${status}` }
  })
}

const MANIFEST = '.next/server/server-reference-manifest.json'
const Manifest = z.object({ node: z.record(z.string(), z.object({ exportedName: z.string() })) })

/** The actions of the build beside us, by their ids. */
export function knownActions(): readonly (readonly [id: string, { readonly exportedName: string }])[] {
  const known = existsSync(MANIFEST) ? Manifest.parse(JSON.parse(readFileSync(MANIFEST, 'utf8'))).node : {}
  return Object.entries(known).filter(([, { exportedName }]) => !exportedName.startsWith('$$'))
}

/** Every action of the build beside us, called from elsewhere, by script and by form, and some that no build has. */
export async function forgeActions({ ask }: Target): Promise<Attempt[]> {
  const ids = [...knownActions(), ...['f'.repeat(42), 'x', 'toString'].map((id) => [id, { exportedName: id }] as const)]
  const cases = ids.flatMap(([id, { exportedName }]) =>
    ELSEWHERE.map(([from, headers], n) => ({ id, name: exportedName, from, headers, asForm: n % 2 === 0 })),
  )
  return tryAll(cases, async ({ id, name, from, headers, asForm }) => {
    const body = new FormData()
    body.append(asForm ? `$ACTION_ID_${id}` : '0', '[]')
    const sent = asForm ? headers : { ...headers, 'next-action': id }
    const { status } = await ask('/en/account/sign-in', { method: 'POST', headers: sent, body })
    return { what: `${name} from ${from}`, broke: status >= 400 && status < 500 ? null : `answered ${status}` }
  })
}
