'use client'
import Link from 'next/link'
import { type ComponentProps, useState } from 'react'

/** A link that fetches its page when a pointer, a finger or the keyboard comes to it, not because it is in view. */
export function IntentLink(props: ComponentProps<typeof Link>) {
  const [wanted, setWanted] = useState(false)
  const want = () => setWanted(true)
  return <Link prefetch={wanted} onMouseEnter={want} onTouchStart={want} onFocus={want} {...props} />
}
