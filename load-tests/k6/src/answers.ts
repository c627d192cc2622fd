import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { readAnswerLine } from '../scenarios/answer.ts';
import type { Answer } from '../scenarios/answer.ts';

/** What the system answered, in the order in which k6 heard it. What a scenario complained of is between them. */
export async function* readAnswers(file: string): AsyncGenerator<Answer> {
  for await (const line of createInterface({ input: createReadStream(file) })) {
    const answer = readAnswerLine(line);
    if (answer !== null) yield answer;
  }
}
