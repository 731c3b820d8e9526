import type { Route } from 'next'
import { IntentLink } from '#components/shop/intent-link.tsx'

/** Where this page is in the shop; the last step is the page itself. */
export function Breadcrumb({
  label,
  steps,
  here,
}: {
  label: string
  steps: readonly { readonly name: string; readonly href: Route }[]
  here: string
}) {
  return (
    <nav className="breadcrumb" aria-label={label}>
      <ol>
        {steps.map((step) => (
          <li key={step.href}>
            <IntentLink href={step.href}>{step.name}</IntentLink>
          </li>
        ))}
        <li aria-current="page">{here}</li>
      </ol>
    </nav>
  )
}
