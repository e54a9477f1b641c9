import { CircleAlert } from 'lucide-react';
import { sentenceOf } from '../../lib/problem.ts';
import { Button } from './button.tsx';
import { Notice } from './notice.tsx';

interface ErrorNoticeProps {
  error: unknown;
  onRetry: () => void;
  isPage?: boolean;
}

/** Says what the server said, and tries again. */
export function ErrorNotice({ error, onRetry, isPage = false }: ErrorNoticeProps) {
  return (
    <Notice
      icon={<CircleAlert size={26} aria-hidden />}
      title="This could not be loaded"
      isPage={isPage}
      action={
        <Button look="primary" onPress={onRetry}>
          Try again
        </Button>
      }
    >
      {sentenceOf(error)}
    </Notice>
  );
}
