/** What a shopper in Hangzhou types into the checkout, but for the way to pay. */
export const SAMPLE_CHECKOUT = {
  email: 'lin@example.com',
  phone: '13800138000',
  recipient: '林薇',
  country: 'CN',
  region: '浙江省',
  city: '杭州市',
  district: '西湖区',
  street: '龙井路 1 号',
  postcode: '310013',
  shipping: 'standard',
} as const
