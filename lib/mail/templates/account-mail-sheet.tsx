import { Body } from '@react-email/body'
import { Button } from '@react-email/button'
import { Container } from '@react-email/container'
import { Head } from '@react-email/head'
import { Heading } from '@react-email/heading'
import { Html } from '@react-email/html'
import { Preview } from '@react-email/preview'
import { Text } from '@react-email/text'
import { LANGUAGE_TAG } from '#lib/domain/locale.ts'
import type { AccountMail } from '../account-mail.ts'
import type { AccountMailWords } from './account-mail-words.ts'
import { mailStyle } from './mail-style.ts'

/** The one sheet of all account mails: what happened, and one button. */
export function AccountMailSheet({ mail, words }: { mail: AccountMail; words: AccountMailWords }) {
  return (
    <Html lang={LANGUAGE_TAG[mail.locale]}>
      <Head />
      <Preview>{words.body}</Preview>
      <Body style={mailStyle.body}>
        <Container style={mailStyle.sheet}>
          <Text style={mailStyle.name}>Comptoir</Text>
          <Heading as="h1" style={mailStyle.heading}>
            {words.heading}
          </Heading>
          <Text style={mailStyle.text}>{words.body}</Text>
          <Button href={mail.url} style={mailStyle.button}>
            {words.action}
          </Button>
          <Text style={mailStyle.footer}>{words.footer}</Text>
        </Container>
      </Body>
    </Html>
  )
}
