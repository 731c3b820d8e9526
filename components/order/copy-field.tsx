'use client'
import { useId, useState } from 'react'
import { Button } from '#components/ui/button.tsx'

/** A line of text to be copied, by its button where there is JavaScript and by hand where there is none. */
export function CopyField({
  label,
  text,
  copy,
  copied,
}: {
  label: string
  text: string
  copy: string
  copied: string
}) {
  const id = useId()
  const [done, setDone] = useState(false)
  const take = async () => {
    await navigator.clipboard?.writeText(text)
    setDone(true)
  }
  return (
    <div className="copy-field">
      <label htmlFor={id}>{label}</label>
      <input id={id} type="text" readOnly value={text} onFocus={(event) => event.currentTarget.select()} />
      <Button type="button" look="quiet" onClick={() => void take().catch(() => undefined)}>
        {done ? copied : copy}
      </Button>
    </div>
  )
}
