import { globSync, readFileSync } from 'node:fs'
import { z } from 'zod'
import type { Permission } from '#lib/domain/permissions.ts'

export type ListedAction = {
  readonly name: string
  readonly file: string
  readonly door: 'staffAction' | 'customerAction' | 'publicAction'
  /** Of a `staffAction`. */
  readonly permission: Permission | null
}

/** Every file that offers actions to browsers. */
export const actionFiles = (): readonly string[] =>
  globSync('{app,components,lib,db}/**/*.{ts,tsx}').filter((file) =>
    /^\s*['"]use server['"]/m.test(readFileSync(file, 'utf8')),
  )

const EXPORT = /^export (?:const|async function|function|default|let|var|\{)\s*(\w+)?.*$/gm
const MADE = /^export const (\w+Action) = (staffAction|customerAction|publicAction)\(\s*(?:'([a-z.]+)'|([A-Z_]+))?/gm

/** All actions of one file, as it is written. @throws for an export that no door has made. */
export function actionsIn(file: string): readonly ListedAction[] {
  const text = readFileSync(file, 'utf8')
  const written = (name: string | undefined) => new RegExp(`^const ${name} = '([a-z.]+)'`, 'm').exec(text)?.[1]
  const made = [...text.matchAll(MADE)].map(([, name = '', door, permission, constant]) => ({
    name,
    file,
    door: door as ListedAction['door'],
    permission: ((permission ?? written(constant)) as Permission | undefined) ?? null,
  }))
  const exported = [...text.matchAll(EXPORT)].map(([line, name]) => name ?? line)
  const stray = exported.filter((name) => !made.some((action) => action.name === name))
  if (stray.length > 0) throw new Error(`${file} exports what no door made: ${stray.join(', ')}`)
  return made
}

const Manifest = z.object({
  node: z.record(z.string(), z.object({ exportedName: z.string(), filename: z.string() })),
})

/** The ids under which the last build answers actions, by file and name. */
export function readActionIds(): ReadonlyMap<string, string> {
  const manifest = Manifest.parse(JSON.parse(readFileSync('.next/server/server-reference-manifest.json', 'utf8')))
  // Next lists what it caches among them; browsers cannot call that.
  const actions = Object.entries(manifest.node).filter(([, { exportedName }]) => !exportedName.startsWith('$$'))
  return new Map(actions.map(([id, { filename, exportedName }]) => [`${filename}#${exportedName}`, id]))
}

/** What the back end of an action is called by, as a script of the page would. */
export function actionBody(fields: Readonly<Record<string, string>>): FormData {
  const body = new FormData()
  for (const [name, value] of Object.entries(fields)) body.append(`_1_${name}`, value)
  body.append('0', JSON.stringify([{ status: 'nothing_yet', said: null, errors: {}, values: {} }, '$K1']))
  return body
}
