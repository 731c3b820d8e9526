import type { Route } from 'next'

export type HeadlineFigure = {
  readonly name: string
  readonly value: string
  /** How much more or less than before, in words; null where there is nothing to compare with. */
  readonly change: string | null
  readonly href?: Route
}

/** The few numbers that one wants to know first. */
export const Headline = ({ figures }: { figures: readonly HeadlineFigure[] }) => (
  <dl className="headline">
    {figures.map(({ name, value, change, href }) => (
      <div key={name}>
        <dt>{href ? <a href={href}>{name}</a> : name}</dt>
        <dd>{value}</dd>
        {change ? <dd className="headline-change">{change}</dd> : null}
      </div>
    ))}
  </dl>
)
