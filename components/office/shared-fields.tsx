'use client'
import type { ReactNode } from 'react'
import { AnswerContext, useAnswer } from '#components/form/action-form.tsx'
import { type Fields, mergeEdit } from '#lib/domain/merge-edit.ts'
import type { Answer } from '#lib/doors/answer.ts'

/** What the form showed when it was opened, as it was sent along. */
function readBase(text: string | undefined): Fields | null {
  try {
    return text ? (JSON.parse(text) as Fields) : null
  } catch {
    return null // longer than a door gives back: then all that was typed counts as meant
  }
}

function merge(answer: Answer, stored: Fields, now: string): Answer {
  const base = readBase(answer.values['base'])
  if (!base) return answer
  const typed = Object.fromEntries(Object.entries(answer.values).filter(([name]) => name in stored))
  const { fields, clashes } = mergeEdit(base, typed, stored)
  const told = Object.fromEntries(clashes.map((clash) => [clash.field, `${now} ${clash.now}`]))
  return { ...answer, values: fields, errors: { ...told, ...answer.errors } }
}

/**
 * Fields of something that others may change too, in an `ActionForm`: sends along which version they show. When the
 * form comes back because somebody else was first, what was typed stays, what was not touched shows what is stored by
 * now, and where both changed the same both can be read.
 * @param stored the fields as they are in the database now.
 * @param now the words before what the other one wrote.
 */
export function SharedFields({
  stored,
  version,
  now,
  children,
}: {
  stored: Fields
  version: number
  now: string
  children: ReactNode
}) {
  const answer = merge(useAnswer(), stored, now)
  return (
    <AnswerContext value={answer}>
      <input type="hidden" name="version" value={version} />
      <input type="hidden" name="base" value={JSON.stringify(stored)} />
      {children}
    </AnswerContext>
  )
}
