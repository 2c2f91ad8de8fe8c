export async function benchHostile(_part: string): Promise<void> {}
