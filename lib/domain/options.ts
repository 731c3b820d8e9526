/** What there is to choose among the variants of a piece; the shop's texts name these, `option_values` their values. */
export const OPTIONS = ['glaze', 'size'] as const
export type Option = (typeof OPTIONS)[number]

/** Value of each option that a variant has. */
export type Options = { readonly [option in Option]?: string }

/** The address of a variant below its piece: its values in the order of `OPTIONS`. One without a choice is `plain`. */
export const variantSlug = (options: Options): string =>
  OPTIONS.flatMap((option) => options[option] ?? []).join('-') || 'plain'
