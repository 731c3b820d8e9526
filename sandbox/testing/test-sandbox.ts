import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openKeys as openAlipayKeys } from '../alipay/keys.ts'
import type { SettingsPatch as AlipaySettings } from '../alipay/settings.ts'
import type { Answer, Incoming } from '../http/messages.ts'
import type { Message, SendResult } from '../notifier/send.ts'
import { type BuiltSandbox, buildSandbox } from '../start-sandbox.ts'
import { answerSandbox } from '../switchboard/answer-sandbox.ts'
import { openKeys as openUnionpayKeys } from '../unionpay/keys.ts'
import type { SettingsPatch as UnionpaySettings } from '../unionpay/settings.ts'
import { openKeys as openWechatPayKeys } from '../wechatpay/keys.ts'
import type { SettingsPatch as WechatPaySettings } from '../wechatpay/settings.ts'

export const NOON = Date.parse('2026-11-20T12:00:00+08:00')
const PUBLIC_URL = 'http://127.0.0.1:3220'

export interface Sent extends Message {
  readonly url: string
  readonly at: number
}

export interface TestSandbox extends BuiltSandbox {
  /** Virtual: moves only when told. */
  time: { now: number }
  /** All that left for a merchant. */
  readonly sent: Sent[]
  /** What the merchant answers next; `success` with 200 unless changed. */
  merchantSays: (message: Sent) => SendResult
  readonly folder: string
  request(method: string, target: string, body?: string | Buffer, headers?: Record<string, string>): Promise<Answer>
  /** Moves the clock on, and then sends all that is due, until nothing is. */
  pass(ms: number): Promise<void>
}

/** Making key pairs takes seconds; one set serves all the tests of a file. */
let keysFolder: string | undefined
const folders: string[] = []

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'comptoir-sandbox-'))
  folders.push(folder)
  return folder
}

export function removeTestFolders(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
  keysFolder = undefined
}

export function openTestSandbox(
  options: {
    seed?: number
    alipay?: AlipaySettings
    wechatpay?: WechatPaySettings
    unionpay?: UnionpaySettings
    folder?: string
    time?: { now: number }
  } = {},
): TestSandbox {
  const folder = options.folder ?? newFolder()
  if (!keysFolder) {
    keysFolder = newFolder()
    openAlipayKeys(join(keysFolder, 'alipay'), new Date(NOON))
    openWechatPayKeys(join(keysFolder, 'wechatpay'), new Date(NOON))
    openUnionpayKeys(join(keysFolder, 'unionpay'), new Date(NOON))
  }
  if (!options.folder) cpSync(keysFolder, folder, { recursive: true })

  const time = options.time ?? { now: NOON }
  const sent: Sent[] = []
  const sandbox = buildSandbox({
    folder,
    publicUrl: PUBLIC_URL,
    speed: 1,
    seed: options.seed ?? 1,
    now: () => time.now,
    send: async (url, message) => {
      const one = { ...message, url, at: time.now }
      sent.push(one)
      return test.merchantSays(one)
    },
    alipay: options.alipay ?? {},
    wechatpay: options.wechatpay ?? {},
    unionpay: options.unionpay ?? {},
  })
  const test: TestSandbox = {
    ...sandbox,
    time,
    sent,
    folder,
    merchantSays: () => ({ status: 200, body: 'success' }),
    request: async (method, target, body = '', headers = {}) =>
      answerSandbox(sandbox, incoming(method, target, body, headers)),
    async pass(ms) {
      const until = time.now + ms
      for (;;) {
        for (const gateway of sandbox.gateways) gateway.letTimePass()
        if ((await sandbox.notifier.runDue()) > 0) continue
        const next = sandbox.notifier.nextDueAt()
        if (next === null || next > until) break
        time.now = Math.max(next, time.now)
      }
      time.now = until
      for (const gateway of sandbox.gateways) gateway.letTimePass()
      while ((await sandbox.notifier.runDue()) > 0);
    },
  }
  return test
}

export function incoming(
  method: string,
  target: string,
  body: string | Buffer,
  headers: Record<string, string>,
): Incoming {
  const [path = '/', query = ''] = target.replace(PUBLIC_URL, '').split('?')
  return { method, path, query, headers: { host: '127.0.0.1:3220', ...headers }, body: Buffer.from(body) }
}
