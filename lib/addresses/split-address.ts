import { type FoundRegion, readRegion } from './read-region.ts'

/** What a pasted Chinese address says, field by field; empty where it says nothing. */
export type SplitAddress = {
  readonly recipient: string
  readonly phone: string
  readonly region: string
  readonly city: string
  readonly district: string
  readonly street: string
  readonly postcode: string
}

/** Longer than any address with all its labels; the rest is not looked at. */
const LONGEST_PASTED = 500
/** Of private use: the end of one part of the address, and the label of a name. */
const BREAK = '\ue000'
const NAME = '\ue001'
const NAME_LABEL = /(?:收\s*[货件]\s*人(?:姓名)?|姓\s*名|联系人)\s*[:：]/g
const LABEL =
  /(?:手机号码|手机号|手机|联系电话|电话|所在地区|所在区域|地\s*区|街道|详细地址|收[货件]地址|地\s*址|邮政编码|邮\s*编)\s*[:：]/g
const MOBILE = /(?<!\d)(?:\+?\s?86[\s-]?)?(1[3-9]\d)[\s-]?(\d{4})[\s-]?(\d{4})(?!\d)/
const LANDLINE = /(?<!\d)(0\d{2,3})[\s-]?(\d{7,8})(?!\d)/
const POSTCODE = /(?<![\p{L}\d-])\d{6}(?![\p{L}\d-])/u
/** Marks and spaces between the parts; a space after a Latin letter and before another or a digit belongs to them. */
const MARKS = /[\r\n,，;；、|。\ue000]+|(?<!\p{Script=Latin})\s+|\s+(?![\p{Script=Latin}\d])/gu
const LEADING_BREAKS = /^[\ue000\ue001]+/
/** What is in the name of a place and seldom in that of a person. */
const OF_A_PLACE = /[省市区县旗州盟镇乡村街道路巷弄里号幢栋座楼层室院厦园苑]|\d/
const LIKE_A_NAME = /^(?:[\p{Script=Han}]{2,4}|\p{Script=Han}[\p{Script=Han}·]{2,14}|[\p{Script=Latin}' .-]{3,40})$/u

/**
 * Takes a whole Chinese address apart, as people copy it from elsewhere: name, telephone, region, street and postcode in
 * any order, with labels or without. What it is not sure of stays in the street; nothing that was written is lost but
 * labels and the marks between the parts.
 */
export function splitAddress(pasted: string): SplitAddress {
  let text = pasted.slice(0, LONGEST_PASTED).normalize('NFKC').toWellFormed()
  text = text
    .replace(/[^\P{C}\r\n\t]/gu, '')
    .replace(NAME_LABEL, BREAK + NAME)
    .replace(LABEL, BREAK)
  const take = (pattern: RegExp): string => {
    const found = pattern.exec(text)
    if (!found) return ''
    text = `${text.slice(0, found.index)}${BREAK}${text.slice(found.index + found[0].length)}`
    return found.length > 1 ? found.slice(1).join('') : found[0]
  }
  const phone = take(MOBILE) || take(LANDLINE)
  const postcode = take(POSTCODE)
  const parts = text
    .replace(MARKS, BREAK)
    .split(BREAK)
    .map((part) => part.trim())
    .filter((part) => part !== '' && part !== NAME)

  const { before, region, after } = findRegionIn(parts)
  const recipient = nameAmong(before, after)
  const unnamed = (part: string) => part !== recipient && part !== NAME + recipient
  const street = [...before, ...after]
    .filter(unnamed)
    .map((part) => part.replace(NAME, ''))
    .join(' ')
  return { recipient, phone, ...region, street, postcode }
}

type Place = Omit<FoundRegion, 'rest'>
const NOWHERE: Place = { region: '', city: '', district: '' }

/** The first part at which a region begins, with what stands before and after it. */
function findRegionIn(parts: readonly string[]) {
  for (const [place] of parts.entries()) {
    const found = readRegion(parts.slice(place).join(BREAK), LEADING_BREAKS)
    if (!found) continue
    const { rest, ...region } = found
    return { before: parts.slice(0, place), region, after: rest.split(BREAK).filter(Boolean) }
  }
  return { before: parts, region: NOWHERE, after: [] }
}

/** Who it goes to: what a label calls so, else what looks like a name before the region, else at the very end. */
function nameAmong(before: readonly string[], after: readonly string[]): string {
  const labelled = [...before, ...after].find((part) => part.startsWith(NAME))
  if (labelled) return labelled.slice(NAME.length)
  const looksSo = (part: string | undefined): part is string => part !== undefined && LIKE_A_NAME.test(part)
  const candidates = [...before, after.at(-1)].filter(looksSo)
  return candidates.find((part) => !OF_A_PLACE.test(part)) ?? before.find(looksSo) ?? ''
}
