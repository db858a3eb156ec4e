import { useRef, useState } from 'react';
import { uploadPicture } from './product-queries.ts';

export interface PictureUpload {
  /** Sends a picture to the shop; one at a time. */
  take: (file: File | undefined) => Promise<void>;
  working: boolean;
  /** What the last one was refused with. */
  problem: unknown;
  /** The address of the picture that is being sent, once it is there; null: none is. Rejects where it is refused. */
  onItsWay: () => Promise<string | null>;
}

/** The picture on its way to the shop. Whoever saves the piece waits for it: the piece would be saved without. */
export function usePictureUpload(onArrival: (url: string) => void): PictureUpload {
  const [working, setWorking] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const sent = useRef<Promise<string> | null>(null);
  return {
    take: async (file) => {
      if (file === undefined || sent.current !== null) return;
      setWorking(true);
      setProblem(null);
      sent.current = uploadPicture(file);
      try {
        onArrival(await sent.current);
      } catch (error) {
        setProblem(error);
      } finally {
        sent.current = null;
        setWorking(false);
      }
    },
    working,
    problem,
    onItsWay: async () => sent.current,
  };
}
