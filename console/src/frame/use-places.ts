import { useNavigate } from '@tanstack/react-router';
import { useSession } from '../api/use-session.ts';
import { useShortcut } from '../ui/shortcuts/registry.ts';
import { useWords } from '../words/say.ts';
import { PLACES, type Place } from './places.ts';
import { frameWords } from './words/frame-words.ts';

/** The places that the signed-in person may see. */
export function usePlaces(): readonly Place[] {
  const { me } = useSession();
  return PLACES.filter(({ permission }) => permission === undefined || me?.permissions.includes(permission));
}

/** `G` and a letter. One component a key, since hooks cannot be called in a loop of changing length. */
export function PlaceShortcut({ place }: { place: Place }) {
  const words = useWords(frameWords);
  const navigate = useNavigate();
  useShortcut(`g ${place.key}`, words(place.word), () => void navigate({ to: place.to }), { group: 'go' });
  return null;
}
