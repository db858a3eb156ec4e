import { useMemo } from 'react';
import { encode } from 'uqr';

const QUIET_MODULES = 4;

/** A QR code, black on white in both themes, since cameras read it so. */
export function QrCode({ text, size, label }: { text: string; size: number; label: string }) {
  const { width, path } = useMemo(() => {
    const code = encode(text, { ecc: 'M', border: QUIET_MODULES });
    const squares = code.data.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : '')));
    return { width: code.size, path: squares.join('') };
  }, [text]);
  return (
    <svg
      width={size}
      height={size}
      viewBox={`0 0 ${width} ${width}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
    >
      <rect width={width} height={width} fill="#ffffff" />
      <path d={path} fill="#000000" />
    </svg>
  );
}
