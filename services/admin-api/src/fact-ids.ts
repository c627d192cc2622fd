import { eventIdOf } from '@provisie/event-store';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * A click id as a shop or an access log holds it, as a touch id: ours is a UUID already; one of another
 * system becomes a UUID that is always the same for the same text.
 */
export function clickIdOf(text: string): string {
  return UUID.test(text) ? text.toLowerCase() : eventIdOf('foreign-click', text);
}
