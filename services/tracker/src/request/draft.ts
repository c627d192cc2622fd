/** What is filled in step by step: that takes a fraction of the time of putting objects together. */
export type Draft<Type> = { -readonly [Key in keyof Type]: Type[Key] };
