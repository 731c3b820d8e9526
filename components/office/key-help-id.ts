/** The popover that `?` opens. */
export const KEY_HELP_ID = 'key-help'
