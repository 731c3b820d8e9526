import type { PlayOrder, Told } from './play-order.ts'

/** Says what went wrong, how to see it again, and the smallest story in which it does. */
export function report({ seed, orders }: PlayOrder, told: Told, smallest: Told): void {
  console.error(`\nseed ${seed} went wrong:`)
  for (const problem of told.broken) console.error(`  ${problem}`)
  console.error(`\nits story, ${told.acts} acts:`)
  for (const line of told.lines) console.error(`  ${line}`)
  console.error(`\nthe smallest one found, ${smallest.acts} acts:`)
  for (const line of smallest.lines) console.error(`  ${line}`)
  for (const problem of smallest.broken) console.error(`  ! ${problem}`)
  console.error(`\nagain: npm run simulate -- --seed ${seed} --orders ${orders}\n`)
}

/** Says that the same seed did not give the same run, and where the two part. */
export function reportDifference(seed: number, one: Told, other: Told): void {
  const at = one.lines.findIndex((line, index) => line !== other.lines[index])
  console.error(`seed ${seed}: two runs of it differ (${one.hash}, ${other.hash})`)
  console.error(at < 0 ? '  in what they left in the books' : `  ${one.lines[at]}\n  ${other.lines[at]}`)
}
