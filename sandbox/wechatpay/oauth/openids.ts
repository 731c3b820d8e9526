/** What people are called towards one official account. An openid of another account has the same form and is refused. */
export const isOpenid = (text: string): boolean => /^oSandbox[\w-]{20}$/.test(text)
