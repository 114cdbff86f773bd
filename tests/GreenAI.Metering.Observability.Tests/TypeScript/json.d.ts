// A type as JSON has it: where TypeScript wants the member of an enumeration, JSON has its text.
export type Json<T> = T extends string ? `${T}`
  : T extends number | boolean | bigint | null | undefined ? T
  : T extends (infer Item)[] ? Json<Item>[]
  : T extends object ? { [Key in keyof T]: Json<T[Key]> }
  : T;
