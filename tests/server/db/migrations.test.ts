// The committed migrations lead to prisma/schema.prisma, and a schema that goes on is told as the SQL that is missing.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { difference } from '../../../bin/prisma/newMigration.mjs'
import { temporaryFolder } from '../../fixtures/data/workshop'
import { testDatabase } from '../../fixtures/database'

const database = testDatabase()
const schema = join(import.meta.dirname, '../../../prisma/schema.prisma')

describe('the schema', () => {
  it('is what the migrations lead to', async () => {
    expect(await difference(database.url)).toBeNull()
  })

  it('with a column more is a migration that adds it', async () => {
    const changed = join(temporaryFolder(), 'schema.prisma')
    writeFileSync(changed, readFileSync(schema, 'utf8').replace('model Play {', 'model Play {\n  colour String?'))
    expect(await difference(database.url, changed)).toContain('ALTER TABLE "play" ADD COLUMN     "colour" TEXT')
  })
})
