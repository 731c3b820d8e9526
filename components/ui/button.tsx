import type { ComponentProps } from 'react'

const LOOK = { primary: 'button', quiet: 'button button-quiet' } as const

/** The look of a button, also for a link that acts as one. */
export const buttonClass = (look: keyof typeof LOOK = 'primary') => LOOK[look]

export function Button({
  look = 'primary',
  className,
  ...rest
}: ComponentProps<'button'> & { look?: keyof typeof LOOK }) {
  return <button className={className ? `${buttonClass(look)} ${className}` : buttonClass(look)} {...rest} />
}
