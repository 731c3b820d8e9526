import { type Attempt, type Target, tryAll } from './attack.ts'

const EVIL = 'evil.example'
const DESTINATIONS = [
  ...[`https://${EVIL}`, `http://${EVIL}`, `//${EVIL}`, `///${EVIL}`, `/\\${EVIL}`, `\\\\${EVIL}`, `\\/${EVIL}`],
  ...[`https:${EVIL}`, `https:/${EVIL}`, `/%2f${EVIL}`, `/%5c${EVIL}`, `%2f%2f${EVIL}`, `/.${EVIL}`, `//${EVIL}/%2f..`],
  ...[
    `/\t/${EVIL}`,
    `/\n/${EVIL}`,
    `\t//${EVIL}`,
    ` //${EVIL}`,
    `/ /${EVIL}`,
    `//${EVIL}@localhost`,
    `//localhost@${EVIL}`,
  ],
  ...[`javascript:alert(1)`, `JaVaScRiPt:alert(1)`, `java\nscript:alert(1)`, `data:text/html,<script>1</script>`],
  ...[
    `vbscript:x`,
    `file:///etc/passwd`,
    `ftp://${EVIL}`,
    `blob:https://${EVIL}/1`,
    `//${EVIL}:443`,
    `//[::ffff:127.0.0.1]`,
  ],
  ...[
    `https://localhost.${EVIL}`,
    `//${EVIL}%00`,
    `/..//${EVIL}`,
    `/./\\${EVIL}`,
    `.//${EVIL}`,
    `?//${EVIL}`,
    `#//${EVIL}`,
  ],
  ...[`//%65vil.example`, `//evil。example`],
]
const DOORS = ['/en/account/sign-in?returnTo=', '/en/account/sign-in?next=', '/?next=']

/** Forty addresses, at every door that sends people on: no answer may lead to another origin. */
export async function leadAstray({ ask, url }: Target): Promise<Attempt[]> {
  const cases = DOORS.flatMap((door) => DESTINATIONS.map((to) => ({ door, to })))
  return tryAll(cases, async ({ door, to }) => {
    const answer = await ask(door + encodeURIComponent(to))
    const location = answer.headers.get('location')
    const leaves = location !== null && new URL(location, url).origin !== new URL(url).origin
    return { what: `${door}${to}`, broke: leaves ? `led to ${location}` : null }
  })
}
