import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Job, JobCounts } from '@vitrine/schema';
import { CheckCheck, RotateCw } from 'lucide-react';
import { toast } from 'sonner';
import { trpc } from '../../../app/trpc.ts';
import { Button } from '../../../components/ui/button.tsx';
import { ErrorNotice } from '../../../components/ui/error-notice.tsx';
import { Notice } from '../../../components/ui/notice.tsx';
import { Skeleton } from '../../../components/ui/skeleton.tsx';
import { formatMoment } from '../../../lib/format-moment.ts';
import { sentenceOf } from '../../../lib/problem.ts';
import { useTitle } from '../../../lib/use-title.ts';

const refreshMs = 2000;
const states = ['dead', 'running', 'waiting'] as const;

const words: Record<Job['state'], string> = {
  waiting: 'Waiting',
  running: 'Running',
  done: 'Done',
  dead: 'Given up',
};

/** Background work: how much there is, and what needs somebody. For owners and admins. */
export function JobsPage() {
  useTitle('Background work');
  const counts = useQuery({ ...trpc.job.counts.queryOptions(), refetchInterval: refreshMs });
  const jobs = useQuery({
    ...trpc.job.list.queryOptions({ states: [...states], limit: 100 }),
    refetchInterval: refreshMs,
  });
  if (jobs.error) return <ErrorNotice isPage error={jobs.error} onRetry={() => jobs.refetch()} />;
  return (
    <div className="mx-auto w-full max-w-4xl px-4 py-8 sm:px-8">
      <h1 className="font-semibold text-2xl tracking-tight">Background work</h1>
      <p className="mt-1 text-soft text-sm">Thumbnails, posters, waveforms and pages are made here.</p>
      {counts.data ? <Counts counts={counts.data} /> : <Skeleton className="mt-6 h-20 rounded-2xl" />}
      {jobs.data?.length === 0 && (
        <Notice icon={<CheckCheck size={26} aria-hidden />} title="Nothing to do">
          Everything that was asked for has been made.
        </Notice>
      )}
      <ul className="mt-6 grid gap-2">
        {jobs.data?.map((job) => (
          <JobRow key={job.id} job={job} />
        ))}
      </ul>
    </div>
  );
}

function Counts({ counts }: { counts: JobCounts }) {
  const figures = [
    ['Waiting', counts.waiting],
    ['Running', counts.running],
    ['Stuck', counts.stuck],
    ['Given up', counts.dead],
  ] as const;
  return (
    <dl className="mt-6 grid grid-cols-2 gap-2 sm:grid-cols-4">
      {figures.map(([label, value]) => (
        <div key={label} className="rounded-2xl bg-surface px-4 py-3 shadow-card">
          <dt className="text-soft text-xs">{label}</dt>
          <dd className="mt-0.5 font-semibold text-2xl tabular">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function JobRow({ job }: { job: Job }) {
  const queryClient = useQueryClient();
  const retry = useMutation(
    trpc.job.retry.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries(trpc.job.pathFilter()),
      onError: (error) => toast.error(sentenceOf(error)),
    }),
  );
  return (
    <li className="flex items-center gap-4 rounded-xl bg-surface px-4 py-3 shadow-card">
      <div className="min-w-0 flex-1 text-sm">
        <p className="font-medium">
          {job.name} <span className="font-normal text-soft">· {job.stuck ? 'Stuck' : words[job.state]}</span>
        </p>
        {job.error && <p className="mt-0.5 text-soft [overflow-wrap:anywhere]">{job.error}</p>}
        <p className="mt-0.5 text-faint text-xs tabular">
          {formatMoment(job.createdAt)} · try {job.attempts} of {job.maxAttempts}
        </p>
      </div>
      {job.state === 'dead' && (
        <Button isBusy={retry.isPending} onPress={() => !retry.isPending && retry.mutate({ id: job.id })}>
          <RotateCw size={15} aria-hidden />
          Try again
        </Button>
      )}
    </li>
  );
}
