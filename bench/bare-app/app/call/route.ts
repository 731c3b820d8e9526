import postgres from 'postgres'

const sql = postgres(process.env['BARE_DATABASE_URL'] ?? '', { max: 10 })

/** Keeps what was posted by one call of one function, durably and once: the least that a notification can cost. */
export async function POST(request: Request): Promise<Response> {
  await sql`select keep_notice(${await request.text()})`
  return new Response('success')
}
