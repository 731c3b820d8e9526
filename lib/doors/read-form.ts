import type { z } from 'zod'

/** Names the form, so that an answer that waits for its page finds it there. */
export const FORM_FIELD = 'form'

/** Fields of Next's own, and fields that must not come back to the page. */
const OF_NEXT = /^\$ACTION_/
const UNSPOKEN = /password|code|secret/i
const VALUE_AT_MOST = 20_000

export type FormFields = Readonly<Record<string, FormDataEntryValue | FormDataEntryValue[]>>

/**
 * The fields of a form: a name that ends in `[]` gives a list under the name without it. Null when another name comes
 * twice, which no form of ours sends.
 */
export function readForm(form: FormData): FormFields | null {
  const fields = new Map<string, FormDataEntryValue | FormDataEntryValue[]>()
  for (const name of new Set(form.keys())) {
    if (OF_NEXT.test(name)) continue
    const values = form.getAll(name)
    const [first] = values
    if (name.endsWith('[]')) fields.set(name.slice(0, -2), values)
    else if (values.length === 1 && first !== undefined) fields.set(name, first)
    else return null
  }
  return Object.fromEntries(fields)
}

/** What was typed, to be shown again. */
export function typedValues(fields: FormFields): Record<string, string> {
  const typed = Object.entries(fields).flatMap(([name, value]) =>
    typeof value === 'string' && !UNSPOKEN.test(name) ? [[name, value.slice(0, VALUE_AT_MOST)] as const] : [],
  )
  return Object.fromEntries(typed)
}

const asKey = (issue: z.core.$ZodIssue): string => {
  if (issue.message.includes('.') && !issue.message.includes(' ')) return issue.message
  if (issue.code === 'too_small' && Number(issue.minimum) <= 1) return 'form.errors.required'
  if (issue.code === 'invalid_type' && issue.input === undefined) return 'form.errors.required'
  if (issue.code === 'too_big') return 'form.errors.tooLong'
  if (issue.code === 'invalid_format' && issue.format === 'email') return 'form.errors.email'
  return 'form.errors.invalid'
}

/**
 * What is wrong with each field, as a key of the texts: the one that the schema names as its message, or a general one.
 */
export function problemsOf(error: z.ZodError): readonly (readonly [field: string, key: string])[] {
  const first = new Map<string, string>()
  for (const issue of error.issues) {
    const field = String(issue.path[0] ?? 'form')
    if (!first.has(field)) first.set(field, asKey(issue))
  }
  return [...first]
}
