import { afterAll, expect, test } from 'vitest'
import { grammarTroubles } from '../../tds/grammar.ts'
import { arrangesGroups, conformsAsDestination, makesOrders, undoesImports } from './conformance.ts'
import { stubWorld } from './mssql-stub-world.ts'
import { changesQuotes } from './quote-changes.ts'
import { takesOver } from './take-over.ts'

const heard = new Set<string>()

// The wire, the order of what is sent, and the values: not what SQL Server itself makes of a statement (docs/halo-sql.md).
conformsAsDestination('SQL Server’s wire', () => stubWorld((text) => heard.add(text)))

undoesImports('SQL Server’s wire', () => stubWorld((text) => heard.add(text)))

arrangesGroups('SQL Server’s wire', () => stubWorld((text) => heard.add(text)))

makesOrders('SQL Server’s wire', () => stubWorld((text) => heard.add(text)))

changesQuotes('SQL Server’s wire', () => stubWorld((text) => heard.add(text)))

takesOver('SQL Server’s wire', () => stubWorld((text) => heard.add(text)))

/** Statements of one shape differ in the number of their parameters; one of each is parsed. */
const shapeOf = (text: string): string =>
  text.replaceAll(/@\d+(, @\d+)*/g, '@').replaceAll(/\(@, \d+\)(, )?/g, '')

afterAll(() => heard.clear())

test('every statement that was heard is well-formed T-SQL', () => {
  const own = [...heard].filter(
    (text) => !/^(set \w+ |insert bulk|bulk |begin|save|commit|rollback$)/.test(text),
  )
  const shapes = new Map(own.map((text) => [shapeOf(text), text]))
  expect(shapes.size).toBeGreaterThan(30)
  for (const text of shapes.values()) {
    // 512 keys are as well-formed as 8.
    const short = text.replaceAll(/(@\d+, ){9,}/g, '@1, ')
    expect([short, grammarTroubles(short)]).toEqual([short, []])
  }
}, 120_000)
