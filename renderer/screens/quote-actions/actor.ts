/** Who acted, as a sentence has it. */
export const actor = (who: string): string => (who === 'person' ? 'a person' : who)
