/** The value of a query's field, of several the first; an empty text for none. */
export const oneValue = (value: string | string[] | undefined): string => [value].flat()[0] ?? ''
