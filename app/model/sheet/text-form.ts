import { z } from 'zod'

export const encodings = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'] as const
export const separators = [',', ';', '\t', '|'] as const

export const textFormSchema = z.strictObject({
  encoding: z.enum(encodings),
  separator: z.enum(separators),
})
/** How the characters and columns of a text file are told apart. */
export type TextForm = Readonly<z.infer<typeof textFormSchema>>
export type Encoding = TextForm['encoding']
export type Separator = TextForm['separator']
