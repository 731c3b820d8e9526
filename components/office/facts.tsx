import type { ReactNode } from 'react'

export type Fact = { readonly name: string; readonly value: ReactNode; readonly strong?: boolean }

/** What there is to know about one thing, name by name. `sums` sets the values as amounts under each other. */
export const Facts = ({ facts, sums = false }: { facts: readonly Fact[]; sums?: boolean }) => (
  <dl className={sums ? 'office-facts office-facts-sums' : 'office-facts'}>
    {facts.map(({ name, value, strong }) => (
      <div key={name} className={strong ? 'strong' : undefined}>
        <dt>{name}</dt>
        <dd>{value}</dd>
      </div>
    ))}
  </dl>
)
