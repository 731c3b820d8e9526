import '../../../../styles/form.css'
import '../../../../styles/account.css'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { DoorForm } from '#app/_doors/door-form.tsx'
import { pageLocale } from '#app/page-locale.ts'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { MailTopics } from '#components/shop/mail-topics.tsx'
import { readMailChoices } from '#db/mails/mail-choices.ts'
import { requireAccount } from '#lib/auth/current-account.ts'
import { accountMessagesPath, accountPath } from '#lib/paths.ts'
import { chooseMailsAction } from './actions.ts'

export const instant = false

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('mailChoices'))('title') }
}

/** What a customer wants to be written of, and what always goes. */
export default async function AccountMessagesPage() {
  const [locale, t, account] = await Promise.all([
    pageLocale(),
    getTranslations('mailChoices'),
    getTranslations('account'),
  ])
  const { email } = await requireAccount(locale, accountMessagesPath(locale))
  return (
    <div className="frame account">
      <p>
        <a className="link" href={accountPath(locale)}>
          {account('title')}
        </a>
      </p>
      <h1 className="title">{t('title')}</h1>
      <div className="account-part">
        <p>{t('always')}</p>
        <DoorForm name="mail-choices" action={chooseMailsAction}>
          <MailTopics choices={await readMailChoices(email)} />
          <p className="form-hint">{t('none', { email })}</p>
          <SubmitButton>{t('keep')}</SubmitButton>
        </DoorForm>
      </div>
    </div>
  )
}
