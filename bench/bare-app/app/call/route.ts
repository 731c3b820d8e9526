import postgres from 'postgres'

const sql = postgres(process.env['BARE_DATABASE_URL'] ?? '', { max: 10 })

/** Applies what was posted by one call of one function: the least that a payment told by a message can cost. */
export async function POST(request: Request): Promise<Response> {
  const number = request.headers.get('x-number')
  await sql`select apply_notice(${number}, ${await request.text()})`
  return new Response('success')
}
