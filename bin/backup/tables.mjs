// The tables of a database as it describes itself: those that others point to come first.

/** Of Prisma's making, the same for every version: which migrations were applied. */
export const migrationsTable = '_prisma_migrations'

export const quoted = (name) => `"${name.replaceAll('"', '""')}"`

const listed = `
  SELECT c.relname AS name,
    COALESCE((SELECT json_agg(DISTINCT f.confrelid::regclass::text) FROM pg_constraint f
      WHERE f.conrelid = c.oid AND f.contype = 'f' AND f.confrelid <> c.oid), '[]') AS needs,
    COALESCE((SELECT json_agg(a.attname ORDER BY k.n) FROM pg_constraint p, unnest(p.conkey) WITH ORDINALITY AS k(num, n)
      JOIN pg_attribute a ON a.attnum = k.num
      WHERE p.conrelid = c.oid AND p.contype = 'p' AND a.attrelid = c.oid), '[]') AS key
  FROM pg_class c WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace ORDER BY c.relname`

/**
 * @param {import('pg').Client} client
 * @returns {Promise<{ name: string, key: string[] }[]>} `key`: columns of the primary key
 */
export const tablesOf = async (client) => {
  const { rows } = await client.query(listed)
  const ordered = []
  const placed = new Set()
  const bare = (name) => name.replace(/^public\./, '').replace(/^"(.*)"$/, '$1')
  while (ordered.length < rows.length) {
    const next = rows.find(({ name, needs }) => !placed.has(name) && needs.every((need) => placed.has(bare(need))))
    if (next === undefined)
      throw new Error('Tables of this database point to each other in a circle: no order restores them.')
    placed.add(next.name)
    ordered.push({ name: next.name, key: next.key })
  }
  return ordered
}
