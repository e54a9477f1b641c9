import { Skeleton } from '../../../components/ui/skeleton.tsx';

const places = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'] as const;

/** The shape of a grid that is on its way. */
export function GridSkeleton() {
  return (
    <div className="grid grid-cols-2 gap-3 sm:grid-cols-[repeat(auto-fill,minmax(226px,1fr))] sm:gap-5">
      {places.map((place) => (
        <div key={place}>
          <Skeleton className="aspect-[4/3] w-full rounded-xl" />
          <Skeleton className="mt-3 h-4 w-3/4" />
          <Skeleton className="mt-2 mb-2 h-3 w-1/2" />
        </div>
      ))}
    </div>
  );
}
