/** Holds the sealed answer to a form between its sending and the page after it; `proxy.ts` takes it away again. */
export const ANSWER_COOKIE = 'answer'
