import postgres, { type TransactionSql } from 'postgres'

/** A server that is silent this long in the middle of a table is gone, and the driver would wait for it without end. */
const SILENT_MS = 60_000

export type Snapshot = {
  readonly tx: TransactionSql
  /** For another connection or program that is to see the same. */
  readonly id: string
  readonly takenAt: Date
  readonly serverVersion: number
  readonly database: string
}

/** Shows `read` the database as it is at one moment, whatever is written meanwhile; nobody waits for it. */
export async function takeSnapshot<T>(databaseUrl: string, read: (snapshot: Snapshot) => Promise<T>): Promise<T> {
  const sql = postgres(databaseUrl, {
    max: 1,
    connect_timeout: 5,
    connection: { application_name: 'comptoir-backup', statement_timeout: 0, idle_in_transaction_session_timeout: 0 },
    onnotice: () => undefined,
  })
  try {
    const result = await sql.begin('isolation level repeatable read read only', async (tx) => {
      const [row] = await tx<[Omit<Snapshot, 'tx'>]>`
        select pg_export_snapshot() as id, clock_timestamp() as "takenAt", current_database() as database,
          current_setting('server_version_num')::int as "serverVersion"`
      return read({ tx, ...row })
    })
    return result as T
  } finally {
    await sql.end({ timeout: 5 })
  }
}

/** The rows of a table as lines of COPY's text format. @throws when the server falls silent for a minute. */
export async function* copyOut(
  tx: TransactionSql,
  { name, columns }: { readonly name: string; readonly columns: readonly string[] },
): AsyncGenerator<Uint8Array> {
  const stream = await tx`copy (select ${tx([...columns])} from ${tx(name)}) to stdout`.readable()
  const watch = setInterval(() => {
    if (silentSince < performance.now() - SILENT_MS) stream.destroy(new Error(`the database fell silent in ${name}`))
  }, 1_000)
  let silentSince = performance.now()
  try {
    for await (const chunk of stream) {
      yield chunk as Uint8Array
      // What a slow disk takes of our time is not the server's silence.
      silentSince = performance.now()
    }
  } finally {
    clearInterval(watch)
    // The driver holds its socket when the stream is full, and forgets to let go when that was the last row.
    stream._read(0)
  }
}
