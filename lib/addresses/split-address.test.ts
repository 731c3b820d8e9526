import fc from 'fast-check'
import { expect, test } from 'vitest'
import { citiesOf, districtsOf, PROVINCES } from '../checkout/china-regions.ts'
import { type SplitAddress, splitAddress } from './split-address.ts'

const LIN: SplitAddress = {
  recipient: '林薇',
  phone: '13800138000',
  region: '浙江省',
  city: '杭州市',
  district: '西湖区',
  street: '龙井路1号',
  postcode: '',
}
const empty: SplitAddress = {
  recipient: '',
  phone: '',
  region: '',
  city: '',
  district: '',
  street: '',
  postcode: '',
}

test.each<[string, string, Partial<SplitAddress>]>([
  ['from large to small, name last', '浙江省杭州市西湖区龙井路1号 林薇 13800138000', LIN],
  ['name first, with commas', '林薇，13800138000，浙江省杭州市西湖区龙井路1号', LIN],
  ['regions apart', '林薇 13800138000 浙江省 杭州市 西湖区 龙井路1号', LIN],
  ['names cut short', '浙江杭州西湖区龙井路1号，林薇，13800138000', LIN],
  ['no province', '杭州市西湖区龙井路1号 林薇 13800138000', LIN],
  ['with labels', '收货人: 林薇\n手机号码: 13800138000\n所在地区: 浙江省杭州市西湖区\n详细地址: 龙井路1号', LIN],
  ['a telephone in groups, with its country', '浙江省杭州市西湖区龙井路1号 林薇 +86 138-0013-8000', LIN],
  ['full-width digits', '浙江省杭州市西湖区龙井路１号 林薇 １３８００１３８０００', LIN],
  ['a postcode', '浙江省杭州市西湖区龙井路1号 310013 林薇 13800138000', { ...LIN, postcode: '310013' }],
  ['a landline', '林薇 0571-87654321 浙江省杭州市西湖区龙井路1号', { ...LIN, phone: '057187654321' }],
  [
    'a label makes a name of anything',
    '收件人：路遥 13800138000 浙江省杭州市西湖区龙井路1号',
    { ...LIN, recipient: '路遥' },
  ],
  [
    'a municipality',
    '上海市浦东新区世纪大道100号 王小明 18612345678',
    { region: '上海市', city: '上海市', district: '浦东新区', street: '世纪大道100号', recipient: '王小明' },
  ],
  [
    'a municipality cut short',
    '北京朝阳区建国路88号SOHO现代城A座1201 王小明 18612345678',
    { region: '北京市', city: '北京市', district: '朝阳区', street: '建国路88号SOHO现代城A座1201' },
  ],
  [
    'a city of the same name as its province',
    '吉林市船营区北京路1号 赵六 13812345678',
    { region: '吉林省', city: '吉林市', district: '船营区', street: '北京路1号' },
  ],
  [
    'an autonomous prefecture',
    '新疆维吾尔自治区伊犁哈萨克自治州伊宁市解放西路1号 阿依古丽 13999999999',
    { region: '新疆维吾尔自治区', city: '伊犁哈萨克自治州', district: '伊宁市', recipient: '阿依古丽' },
  ],
  [
    'a street that is called as a district',
    '杭州市西湖大道2号 林薇',
    { city: '杭州市', district: '', street: '西湖大道2号' },
  ],
  ['a street that is called as a province', '江苏路100号 林薇 13800138000', { region: '', street: '江苏路100号' }],
  ['a name in Latin letters', 'Lin Wei 13800138000 浙江省杭州市西湖区龙井路1号', { ...LIN, recipient: 'Lin Wei' }],
  ['nothing of an address', '<script>alert(1)</script>', { ...empty, street: '<script>alert(1)</script>' }],
  ['nothing', '', empty],
])('%s', (_name, pasted, split) => {
  expect(splitAddress(pasted)).toMatchObject(split)
})

const district = fc.constantFrom(
  ...PROVINCES.flatMap((province) =>
    citiesOf(province.code).flatMap((city) =>
      districtsOf(city.code).map((one) => ({ region: province.name, city: city.name, district: one.name })),
    ),
  ),
)
const written = fc.record({
  place: district,
  recipient: fc.constantFrom('林薇', '欧阳娜娜', '王小明', '阿依古丽', 'Lin Wei'),
  phone: fc.stringMatching(/^1[3-9]\d{9}$/),
  street: fc.constantFrom('龙井路1号', '解放西路88号3幢201室', '人民大街 5 号', 'SOHO现代城A座1201'),
  postcode: fc.stringMatching(/^\d{6}$/),
})

test('every district of the country is found again, however the parts are ordered and set apart', () => {
  fc.assert(
    fc.property(
      written,
      fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 }),
      fc.constantFrom(' ', '，', '\n', ', ', '；'),
      ({ place, recipient, phone, street, postcode }, order, mark) => {
        const isNamed = !place.city.includes('直辖')
        const whole = `${place.region}${isNamed ? place.city : ''}${place.district}${street}`
        const parts = [recipient, phone, whole, postcode]
        const pasted = order.map((part) => parts[part]).join(mark)
        expect(splitAddress(pasted)).toEqual({ recipient, phone, postcode, street, ...place })
      },
    ),
    { numRuns: 150 },
  )
})

test('whatever is pasted, nothing is thrown and no letter comes from nowhere', () => {
  const pasted = fc.string({
    unit: fc.oneof(
      fc.constantFrom(...'浙江省杭州市西湖区 138\n，:收件人'),
      fc.string({ unit: 'binary', maxLength: 1 }),
    ),
  })
  fc.assert(
    fc.property(pasted, (text) => {
      const { street, recipient, phone, postcode } = splitAddress(text)
      const letters = new Set(text.normalize('NFKC').toWellFormed())
      for (const letter of `${street}${recipient}${phone}${postcode}`.replaceAll(' ', ''))
        expect(letters).toContain(letter)
    }),
  )
})
