import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate, useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';
import { getData } from '../../api/client.ts';
import { useSession } from '../../api/use-session.ts';
import { OutsidePage } from '../../frame/outside-page.tsx';
import { useWords } from '../../words/say.ts';
import { SignInForm } from './sign-in-form.tsx';
import { sessionWords } from './words/session-words.ts';

const route = getRouteApi('/sign-in');

export function SignInScreen() {
  const words = useWords(sessionWords);
  const navigate = useNavigate();
  const { history } = useRouter();
  const { to } = route.useSearch();
  const { status } = useSession();
  // An empty shop has nobody to sign in: its first account is made first.
  const setup = useQuery({
    queryKey: ['setup'],
    queryFn: ({ signal }) => getData<{ needed: boolean }>('/api/setup', {}, signal),
  });
  const setupNeeded = setup.data?.needed ?? false;
  useEffect(() => {
    if (setupNeeded) void navigate({ to: '/setup', replace: true });
  }, [setupNeeded, navigate]);
  // Also when another tab signed in.
  useEffect(() => {
    if (status === 'signed-in') history.replace(`/console${to}`);
  }, [status, history, to]);
  return (
    <OutsidePage title={words('title')}>
      <SignInForm />
    </OutsidePage>
  );
}
