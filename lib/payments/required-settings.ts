import type { KeyObject } from 'node:crypto'
import type { readPrivateKey, readPublicKey } from './rsa-keys.ts'
import type { SettingsReader } from './settings-reader.ts'

/** A setting that must be there and have the form, or null with a complaint that says what it is. */
export function requireText(reader: SettingsReader, name: string, form: RegExp, meaning: string): string | null {
  const text = reader.value(name)
  if (text !== null && form.test(text)) return text
  reader.complain(`${name} ${text === null ? 'is missing' : 'is not right'}: it is ${meaning}.`)
  return null
}

/** A key that must be there, inline or as a file, or null with a complaint. */
export function requireKey(
  reader: SettingsReader,
  name: string,
  read: typeof readPrivateKey | typeof readPublicKey,
): KeyObject | null {
  const setting = reader.secret(name)
  if (!setting) {
    reader.complain(`${name} (or ${name}_FILE) is missing.`)
    return null
  }
  const key = read(setting.text)
  if (!key.ok) reader.complain(`${setting.origin} cannot be used: ${key.error.reason}.`)
  return key.ok ? key.value : null
}

/** The ways to pay that a setting names, all of `known` when there is none. */
export function readScenes<S extends string>(reader: SettingsReader, name: string, known: readonly S[]): readonly S[] {
  const names: readonly string[] = reader.value(name)?.split(/[\s,]+/) ?? known
  const scenes = known.filter((scene) => names.includes(scene))
  if (scenes.length !== names.length) reader.complain(`${name} may name ${known.join(', ')}.`)
  return scenes
}
