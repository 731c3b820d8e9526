import { getTranslations } from 'next-intl/server'
import { MAIL_TOPICS, type MailChoices } from '#lib/domain/mail-topics.ts'

/** What one may be written of, to be ticked; the fields of a form. */
export async function MailTopics({ choices }: { choices: MailChoices }) {
  const t = await getTranslations('mailChoices')
  return (
    <fieldset className="mail-topics">
      <legend>{t('may')}</legend>
      {MAIL_TOPICS.map((topic) => (
        <label key={`${topic} ${choices[topic]}`} className="form-tick">
          <input type="checkbox" name={topic} value="yes" defaultChecked={choices[topic]} />
          <span>
            {t(`topic.${topic}.name`)}
            <small>{t(`topic.${topic}.hint`)}</small>
          </span>
        </label>
      ))}
    </fieldset>
  )
}
