/** The facts while they are collected: what rules may only read, the followers fill in. */
export type Mutable<Facts> = { -readonly [Name in keyof Facts]: Facts[Name] };
