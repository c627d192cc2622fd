/** Facts for tests, in a few words each; what a test doesn't say is the ordinary case. And what to ask of them. */
export * from './given/moments.ts';
export * from './given/orders.ts';
export * from './given/payouts.ts';
export * from './given/questions.ts';
export * from './given/registrations.ts';
export * from './given/touches.ts';
