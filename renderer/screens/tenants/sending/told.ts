/** What is wrong with a field, for the component around it. */
export const told = (text: string | undefined) =>
  ({ validationState: text ? 'error' : 'none', validationMessage: text ?? null }) as const
