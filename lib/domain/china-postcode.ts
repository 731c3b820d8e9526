/**
 * The first two digits of the postcodes of each mainland province, keyed by the two-digit code of the province
 * (GB/T 2260). The digits follow the postal regions, not the administrative ones, hence a table.
 */
const PREFIXES: Readonly<Record<string, readonly string[]>> = {
  '11': ['10'],
  '12': ['30'],
  '13': ['05', '06', '07'],
  '14': ['03', '04'],
  '15': ['01', '02', '16'],
  '21': ['11', '12'],
  '22': ['13'],
  '23': ['15', '16'],
  '31': ['20'],
  '32': ['21', '22'],
  '33': ['31', '32'],
  '34': ['23', '24'],
  '35': ['35', '36'],
  '36': ['33', '34'],
  '37': ['25', '26', '27'],
  '41': ['45', '46', '47'],
  '42': ['43', '44'],
  '43': ['41', '42'],
  '44': ['51', '52'],
  '45': ['53', '54'],
  '46': ['57'],
  '50': ['40'],
  '51': ['61', '62', '63', '64'],
  '52': ['55', '56'],
  '53': ['65', '66', '67'],
  '54': ['85', '86'],
  '61': ['71', '72'],
  '62': ['73', '74'],
  '63': ['81'],
  '64': ['75'],
  '65': ['83', '84'],
}

/** Six digits that can belong to that province. False for a province that the table does not know. */
export const isPostcodeOf = (province: string, postcode: string): boolean =>
  /^\d{6}$/.test(postcode) && (PREFIXES[province]?.includes(postcode.slice(0, 2)) ?? false)
