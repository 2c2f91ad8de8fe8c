import { z } from 'zod'
import { textFormSchema } from '../../app/model/sheet/text-form.ts'
import { type Entity, entities } from '../../app/model/tenant.ts'
import { decisionSchema } from '../../app/sheets/decision.ts'
import { importIdPattern } from '../import-views.ts'
import { call, idSchema, router, windowSchema } from './trpc.ts'

const importSchema = z.string().regex(importIdPattern)
const ofImport = z.object({ id: importSchema })
const entitySchema = z.enum(entities) satisfies z.ZodType<Entity>
const columnSchema = z.int().min(0).max(16_383)
const textSchema = z.string().max(32_767)

const sourceSchema = z.union([
  z.strictObject({ path: z.string().trim().min(1).max(1_000) }),
  z.strictObject({ upload: z.uuid() }),
])
const lookSchema = z.object({
  source: sourceSchema,
  tenantId: idSchema,
  entity: entitySchema,
  sheet: z.string().max(200).exactOptional(),
  headerRow: z.int().min(1).exactOptional(),
  text: textFormSchema.optional(),
})

const kindSchema = z.strictObject({
  code: z.string().max(60),
  field: z.string().max(60).nullable(),
  value: textSchema.exactOptional(),
})

const column = { column: columnSchema }
const fixSchema = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('set'), ...column, value: textSchema }),
  z.strictObject({ do: z.literal('fill empty'), ...column, value: textSchema }),
  z.strictObject({ do: z.literal('fill down'), ...column }),
  z.strictObject({ do: z.literal('replace'), ...column, from: textSchema, to: textSchema }),
  z.strictObject({ do: z.literal('find'), ...column, find: textSchema.min(1), to: textSchema }),
  z.strictObject({ do: z.literal('cut'), ...column, length: z.int().min(1).max(32_767) }),
])
const changeSchema = z.union([
  z.strictObject({ row: z.int().min(1), column: columnSchema, value: textSchema }),
  z.strictObject({ leaveOut: z.union([z.int().min(1), kindSchema]) }),
  z.strictObject({ takeBack: z.union([z.int().min(1), kindSchema]) }),
  z.strictObject({
    fix: fixSchema,
    only: kindSchema.exactOptional(),
    what: z.string().min(1).max(200),
  }),
])

/** A piece of a file, in base64: with it a request stays below what the door takes (http.ts). */
const pieceSchema = z.object({
  upload: z.uuid(),
  offset: z.int().min(0),
  data: z.base64().max(700_000),
})

/** The import wizard: a spreadsheet is sent or named, looked at, read, decided about, checked, corrected, previewed, imported. */
export const importRouter = router({
  list: call.query(({ ctx }) => ctx.engine.imports.list()),
  get: call.input(ofImport).query(({ ctx, input }) => ctx.engine.imports.get(input.id)),
  busy: call.query(({ ctx }) => ctx.engine.imports.busy()),
  beginUpload: call
    .input(z.object({ name: z.string().min(1).max(500) }))
    .mutation(({ ctx, input }) => ctx.engine.imports.uploads.begin(input.name)),
  addPiece: call
    .input(pieceSchema)
    .mutation(({ ctx, input }) =>
      ctx.engine.imports.uploads.add(input.upload, input.offset, Buffer.from(input.data, 'base64')),
    ),
  look: call.input(lookSchema).query(({ ctx, input }) => ctx.engine.imports.look(input)),
  stage: call.input(lookSchema).mutation(({ ctx, input }) => ctx.engine.imports.stage(input)),
  again: call.input(ofImport).query(({ ctx, input }) => ctx.engine.imports.again(input.id)),
  askCustom: call.input(ofImport).mutation(({ ctx, input }) => ctx.engine.imports.askCustom(input.id)),
  decide: call
    .input(ofImport.extend({ decision: decisionSchema }))
    .mutation(({ ctx, input }) => ctx.engine.imports.decide(input.id, input.decision)),
  distinct: call
    .input(ofImport.extend({ column: columnSchema }))
    .query(({ ctx, input }) => ctx.engine.imports.distinct(input.id, input.column)),
  check: call.input(ofImport).mutation(({ ctx, input }) => ctx.engine.imports.check(input.id)),
  askHalo: call.input(ofImport).mutation(({ ctx, input }) => ctx.engine.imports.askHalo(input.id)),
  stopAsking: call.input(ofImport).mutation(({ ctx, input }) => ctx.engine.imports.stopAsking(input.id)),
  problems: call.input(ofImport).query(({ ctx, input }) => ctx.engine.imports.problems(input.id)),
  rows: call
    .input(ofImport.extend({ window: windowSchema, only: kindSchema.exactOptional() }))
    .query(({ ctx, input }) => ctx.engine.imports.rows(input.id, input.window, input.only)),
  row: call
    .input(ofImport.extend({ row: z.int().min(1) }))
    .query(({ ctx, input }) => ctx.engine.imports.row(input.id, input.row)),
  place: call
    .input(ofImport.extend({ row: z.int().min(1) }))
    .query(({ ctx, input }) => ctx.engine.imports.place(input.id, input.row)),
  nextError: call
    .input(ofImport.extend({ row: z.int().min(0), isBack: z.boolean() }))
    .query(({ ctx, input }) => ctx.engine.imports.nextError(input.id, input.row, input.isBack)),
  fix: call
    .input(ofImport.extend({ change: changeSchema }))
    .mutation(({ ctx, input }) => ctx.engine.imports.fix(input.id, input.change)),
  cancel: call.input(ofImport).mutation(({ ctx, input }) => ctx.engine.imports.cancel(input.id)),
  undo: call.input(ofImport).mutation(({ ctx, input }) => ctx.engine.imports.undo(input.id)),
  start: call
    .input(ofImport.extend({ kind: z.enum(['import', 'import-preview']) }))
    .mutation(({ ctx, input }) => ctx.engine.imports.start(input.id, input.kind)),
  takeBack: call.input(ofImport).mutation(({ ctx, input }) => ctx.engine.imports.takeBack(input.id)),
  remove: call.input(ofImport).mutation(({ ctx, input }) => ctx.engine.imports.remove(input.id)),
})
