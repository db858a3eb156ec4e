import { useNavigate } from '@tanstack/react-router';

/**
 * Changes what stands in the address's search, as filters do. The page stays, and so does what is open beside a list
 * while the list is narrowed.
 */
export function useChangeSearch<Search extends object>(): (changes: Search) => void {
  const navigate = useNavigate();
  return (changes) =>
    // Without `from` the dot is the page that stands there, such as the opened khata, and not the list behind it.
    void navigate({ to: '.', search: (before: object) => ({ ...before, ...changes }), replace: true });
}
