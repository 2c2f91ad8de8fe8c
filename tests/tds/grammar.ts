import { CharStreams, CommonTokenStream, TSQLGrammar, TSqlLexer } from 'antlr4ts-sql'

/** What a T-SQL grammar has against a text; empty when it is well-formed. The grammar knows upper-case keywords alone, so all but text constants is raised. */
export function grammarTroubles(sql: string): string[] {
  const troubles: string[] = []
  const raised = sql.replaceAll(/'(?:[^']|'')*'|[^']+/g, (part) =>
    part.startsWith("'") ? part : part.toUpperCase(),
  )
  const hear = {
    syntaxError: (...[, , , at, message]: readonly unknown[]) => void troubles.push(`${at}: ${message}`),
  }
  const lexer = new TSqlLexer(CharStreams.fromString(raised))
  lexer.removeErrorListeners()
  lexer.addErrorListener(hear)
  const parser = new TSQLGrammar.TSqlParser(new CommonTokenStream(lexer))
  parser.removeErrorListeners()
  parser.addErrorListener(hear)
  parser.tsql_file()
  return troubles
}
