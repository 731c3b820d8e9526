/** A state machine as data: what each state becomes on each event. A pair that is absent is refused. */
export type Transitions<State extends string, Event extends string> = Readonly<
  Record<State, Readonly<Partial<Record<Event, State>>>>
>

/** The state that `event` leads to, or null where the table has no such pair. */
export function follow<State extends string, Event extends string>(
  table: Transitions<State, Event>,
  from: State,
  event: Event,
): State | null {
  return table[from][event] ?? null
}
