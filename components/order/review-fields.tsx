'use client'

import { useAnswer } from '#components/form/action-form.tsx'
import { TextField } from '#components/form/text-field.tsx'
import { REVIEW_AT_MOST, STARS, type Stars } from '#lib/domain/review.ts'
import { WordsField } from './words-field.tsx'

/** The fields of a review, as it was written before or typed just now. */
export function ReviewFields({
  id,
  written,
  words,
}: {
  /** Unique on the page. */
  readonly id: string
  readonly written: {
    readonly stars: number | null
    readonly title: string
    readonly words: string
    readonly author: string
  }
  readonly words: {
    readonly stars: string
    readonly title: string
    readonly words: string
    readonly author: string
    readonly authorHint: string
    readonly star: Readonly<Record<Stars, string>>
  }
}) {
  const { values, errors } = useAnswer()
  const chosen = values['stars'] ?? written.stars?.toString() ?? ''
  return (
    <>
      <div className="form-field">
        <label htmlFor={`${id}-stars`}>{words.stars}</label>
        <select
          key={chosen}
          id={`${id}-stars`}
          name="stars"
          defaultValue={chosen}
          required
          aria-invalid={errors['stars'] !== undefined}
        >
          <option value="" />
          {STARS.map((stars) => (
            <option key={stars} value={stars}>
              {words.star[stars]}
            </option>
          ))}
        </select>
      </div>
      <TextField name="title" label={words.title} maxLength={REVIEW_AT_MOST.title} defaultValue={written.title} />
      <WordsField
        id={`${id}-words`}
        name="words"
        label={words.words}
        maxLength={REVIEW_AT_MOST.words}
        defaultValue={written.words}
      />
      <TextField
        name="author"
        label={words.author}
        hint={words.authorHint}
        maxLength={REVIEW_AT_MOST.author}
        defaultValue={written.author}
        autoComplete="nickname"
      />
    </>
  )
}
