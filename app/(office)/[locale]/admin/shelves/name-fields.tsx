import { getTranslations } from 'next-intl/server'
import { TextField } from '#components/office/field.tsx'
import { LANGUAGE_TAG, LOCALES, type LocalizedText } from '#lib/domain/locale.ts'

/** A name in every language, side by side. @param id tells the fields of several forms on a page apart. */
export async function NameFields({ id, name }: { id: string; name?: LocalizedText }) {
  const t = await getTranslations('officeCatalogue')
  return (
    <div className="office-languages">
      {LOCALES.map((language) => (
        <TextField
          key={language}
          id={`${id}-${language}`}
          name={`name_${language}`}
          label={t(`languages.${language}`)}
          input={{ lang: LANGUAGE_TAG[language], defaultValue: name?.[language] ?? '', maxLength: 200 }}
        />
      ))}
    </div>
  )
}
