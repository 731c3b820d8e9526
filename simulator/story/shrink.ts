import type { PlayOrder, Told } from '../play-order.ts'

/** Plays of a story at most: each takes about as long as the run that failed, or less. */
const PLAYS_AT_MOST = 120

/**
 * The smallest story that goes wrong in the same way: leaves out halves, quarters and so on down to single acts, as
 * long as what is left still fails.
 */
export async function shrink(order: PlayOrder, told: Told, play: (order: PlayOrder) => Promise<Told>): Promise<Told> {
  const symptom = symptomOf(told)
  let acts = Array.from({ length: told.acts }, (_, index) => index)
  let smallest = told
  let plays = 0
  for (let size = Math.ceil(acts.length / 2); size >= 1 && plays < PLAYS_AT_MOST; ) {
    let shorter = false
    for (let from = 0; from < acts.length && plays < PLAYS_AT_MOST; ) {
      const rest = acts.toSpliced(from, size)
      plays += 1
      const again = await play({ ...order, acts: rest })
      if (symptomOf(again) === symptom) {
        acts = rest
        smallest = again
        shorter = true
      } else from += size
    }
    if (size === 1 && !shorter) break
    size = size === 1 ? 1 : Math.ceil(size / 2)
  }
  return smallest
}

/** What is wrong, without what it is wrong with. */
const symptomOf = ({ broken: [first] }: Told) => first?.split(/[.:]/)[0]
