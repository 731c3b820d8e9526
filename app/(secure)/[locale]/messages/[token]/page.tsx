import '../../../../styles/form.css'
import '../../../../styles/account.css'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { DoorForm } from '#app/_doors/door-form.tsx'
import { pageLocale } from '#app/page-locale.ts'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { MailTopics } from '#components/shop/mail-topics.tsx'
import { buttonClass } from '#components/ui/button.tsx'
import { readMailChoices } from '#db/mails/mail-choices.ts'
import { maskEmail } from '#lib/domain/email.ts'
import { openMailChoice } from '#lib/mail/mail-choice-link.ts'
import { accountMessagesPath } from '#lib/paths.ts'
import { chooseMailsByLinkAction } from './actions.ts'

export const instant = false

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('mailChoices'))('title'), robots: { index: false } }
}

/**
 * Where the link of a mail leads: its reader chooses without signing in. Nothing changes by coming here, since programs
 * that look through mail come too; and the address is masked, since mails are passed on.
 */
export default async function MailChoicePage({ params }: PageProps<'/[locale]/messages/[token]'>) {
  const [locale, { token }, t] = await Promise.all([pageLocale(), params, getTranslations('mailChoices')])
  const choice = openMailChoice(token)
  return (
    <div className="frame account">
      <h1 className="title">{choice ? t('title') : t('unknown.title')}</h1>
      <div className="account-part">
        {choice ? (
          <>
            <p>{t('always')}</p>
            <DoorForm name="mail-choices" action={chooseMailsByLinkAction}>
              <MailTopics choices={await readMailChoices(choice.email)} />
              <input type="hidden" name="token" value={token} autoComplete="off" />
              <p className="form-hint">{t('none', { email: maskEmail(choice.email) })}</p>
              <SubmitButton>{t('keep')}</SubmitButton>
            </DoorForm>
          </>
        ) : (
          <>
            <p>{t('unknown.text')}</p>
            <a className={buttonClass()} href={accountMessagesPath(locale)}>
              {t('unknown.action')}
            </a>
          </>
        )}
      </div>
    </div>
  )
}
