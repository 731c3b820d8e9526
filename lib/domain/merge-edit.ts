/** A form as it is sent: the name of each field with what is in it. */
export type Fields = Readonly<Record<string, string>>

export type MergedEdit = {
  /** What the form shows now. */
  readonly fields: Fields
  /** Fields that somebody else changed and this person did not touch: they show the new value. */
  readonly taken: readonly string[]
  /** Fields that both changed: what was typed stays, `now` is what the other one wrote. */
  readonly clashes: readonly { readonly field: string; readonly now: string }[]
}

/**
 * Brings a form that was opened before somebody else saved up to date, without losing anything that was typed.
 * @param base what the form showed when it was opened.
 * @param typed what was sent.
 * @param now what is stored.
 */
export function mergeEdit(base: Fields, typed: Fields, now: Fields): MergedEdit {
  const fields: Record<string, string> = {}
  const taken: string[] = []
  const clashes: { field: string; now: string }[] = []
  for (const [field, mine] of Object.entries(typed)) {
    const stored = now[field] ?? ''
    const changedByOthers = stored !== (base[field] ?? '')
    const touched = mine !== (base[field] ?? '')
    fields[field] = changedByOthers && !touched ? stored : mine
    if (!changedByOthers || mine === stored) continue
    if (touched) clashes.push({ field, now: stored })
    else taken.push(field)
  }
  return { fields, taken, clashes }
}
