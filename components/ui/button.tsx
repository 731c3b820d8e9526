import type { ComponentProps } from 'react'

const LOOK = {
  primary: 'bg-accent text-accent-ink hover:opacity-90',
  quiet: 'border border-line text-ink hover:border-ink',
} as const

/** The look of a button, also for a link that acts as one. */
export const buttonClass = (look: keyof typeof LOOK = 'primary') =>
  `inline-flex min-h-11 items-center justify-center px-6 transition-opacity disabled:opacity-50 ${LOOK[look]}`

export function Button({
  look = 'primary',
  className = '',
  ...rest
}: ComponentProps<'button'> & { look?: keyof typeof LOOK }) {
  return <button className={`${buttonClass(look)} ${className}`} {...rest} />
}
