import { parseArgs } from 'node:util'
import { auditMoney } from '#db/audit/audit-money.ts'
import { sql } from '#db/client.ts'
import { buyOnePiece } from './buy-one-piece.ts'

// Asks a restored database, which DATABASE_URL names, whether its books are sound, and with `--purchase` whether one can
// buy from it. Says so in one line of JSON; a program of its own, since a process has one database.

const { values } = parseArgs({ options: { sealed: { type: 'string' }, purchase: { type: 'boolean', default: false } } })
const [position, hash] = values.sealed?.split(':') ?? []
const witness = position && hash ? { position, hash } : null

/** What was late when the backup was taken is late still, so only the books are asked. */
const ask = () => auditMoney({ delays: false, witness })
const found = await ask()
const bought = values.purchase ? await buyOnePiece(new Date()) : null
const after = bought ? await ask() : []
await sql.end({ timeout: 5 })
console.log(
  JSON.stringify({ findings: [...found, ...after].map(({ sentence, what }) => `${sentence} ${what}`), bought }),
)
