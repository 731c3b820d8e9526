import { LANGUAGE_TAG } from '#lib/domain/locale.ts'
import type { AccountMail } from '../account-mail.ts'
import type { AccountMailWords } from './account-mail-words.ts'
import { mailStyle } from './mail-style.ts'
import { Button, Heading, Mail, Sheet, Text } from './pieces.tsx'

/** The one sheet of all account mails: what happened, and one button. */
export function AccountMailSheet({ mail, words }: { mail: AccountMail; words: AccountMailWords }) {
  return (
    <Mail lang={LANGUAGE_TAG[mail.locale]} preview={words.body} style={mailStyle.body}>
      <Sheet style={mailStyle.sheet}>
        <Text style={mailStyle.name}>Comptoir</Text>
        <Heading style={mailStyle.heading}>{words.heading}</Heading>
        <Text style={mailStyle.text}>{words.body}</Text>
        <Button href={mail.url} style={mailStyle.button}>
          {words.action}
        </Button>
        <Text style={mailStyle.footer}>{words.footer}</Text>
      </Sheet>
    </Mail>
  )
}
