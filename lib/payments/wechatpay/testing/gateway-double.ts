import { type Answer, type Received, startGateway } from '../../testing/gateway-double.ts'
import { type SignOptions, signedHeaders } from './wechat-double.ts'

/** `signed` says how the body is signed; false for an answer without a signature. */
type Scripted = Partial<Answer> & { readonly signed?: SignOptions | false }

/** WeChat Pay on loopback: answers by script and signs what it answers. */
export const startWechatGateway = (answer: (received: Received, turn: number) => Scripted | Promise<Scripted>) =>
  startGateway(async (received, turn) => {
    const { body = '', signed = {}, headers = {}, ...rest } = await answer(received, turn)
    const signature = signed === false ? {} : signedHeaders(body, signed)
    return { body, headers: { 'content-type': 'application/json', ...signature, ...headers }, ...rest }
  })
