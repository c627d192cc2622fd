import { Counter } from 'k6/metrics';
import { answerLine } from './answer.ts';
import type { Answer } from './answer.ts';

/** As many as there must be lines. */
const answers = new Counter('answers');

/** Tells the runner what the system said just now. */
export function tellAnswer(answer: Omit<Answer, 'answeredAt'>): void {
  console.log(answerLine({ ...answer, answeredAt: Date.now() }));
  answers.add(1);
}
