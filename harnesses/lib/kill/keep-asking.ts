import { type ActContext, WrongAnswerError } from './act.ts';
import type { KillScenario } from './kill-scenario.ts';
import type { Victim } from './victim-process.ts';

export interface KeepAsking {
  readonly scenario: KillScenario;
  readonly victim: Victim;
  readonly context: ActContext;
  /** Told of an answer that must not be. */
  readonly onWrong: (what: string) => void;
}

/** What fetch says of a server that dies. */
const isCutOff = (error: unknown) => error instanceof TypeError;

/** Asks for one thing after the other until the process is dead. */
export async function keepAsking({ scenario, victim, context, onWrong }: KeepAsking): Promise<void> {
  try {
    while (!victim.isDead()) await scenario.act(context);
  } catch (error) {
    if (error instanceof WrongAnswerError) onWrong(`${context.library.folder}: ${error.message}`);
    else if (!isCutOff(error)) throw error;
  }
}
