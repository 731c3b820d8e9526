/** Next looks for this file in the folders above too, and would otherwise start the shop's own in the bare app. */
export const register = () => undefined
