/** What a shopper may be about to type, as the search field shows it. */
export type SuggestionView = {
  readonly href: string
  readonly label: string
  /** What kind of thing it is, where that is not plain: "Shelf". */
  readonly note?: string
}

/** What the shop answers to a half-typed query. */
export type SuggestionAnswer = {
  readonly suggestions: readonly SuggestionView[]
  /** How many there are, to be read out. */
  readonly announcement: string
}
