import {
  createRootRoute,
  createRoute,
  type ErrorComponentProps,
  lazyRouteComponent,
  Outlet,
} from '@tanstack/react-router';
import { assetPageSearchSchema, assetSearchSchema } from '../features/assets/asset-search.ts';
import { clientsSearchSchema } from '../features/clients/clients-search.ts';
import { searchAddressSchema } from '../features/search/search-address.ts';
import { signInSearchSchema } from '../features/session/sign-in-search.ts';
import { trashSearchSchema } from '../features/trash/trash-search.ts';
import { AppShell } from './app-shell.tsx';
import { ErrorPage } from './error-page.tsx';
import { requireSession } from './require-session.ts';

/** When the shell itself could not be shown; errors of a page stay inside the shell. */
function ShellError(props: ErrorComponentProps) {
  return (
    <main>
      <ErrorPage {...props} />
    </main>
  );
}

const root = createRootRoute({ component: Outlet });

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: signInSearchSchema,
  component: lazyRouteComponent(
    () => import('../features/session/components/sign-in-page.tsx'),
    'SignInPage',
  ),
});

const join = createRoute({
  getParentRoute: () => root,
  path: '/join',
  component: lazyRouteComponent(() => import('../features/session/components/join-page.tsx'), 'JoinPage'),
});

const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  beforeLoad: ({ location }) => requireSession({ href: location.href }),
  component: AppShell,
  errorComponent: ShellError,
});

const clients = createRoute({
  getParentRoute: () => shell,
  path: '/',
  validateSearch: clientsSearchSchema,
  component: lazyRouteComponent(
    () => import('../features/clients/components/clients-page.tsx'),
    'ClientsPage',
  ),
});

const client = createRoute({
  getParentRoute: () => shell,
  path: '/clients/$clientId',
  validateSearch: assetSearchSchema,
  component: lazyRouteComponent(() => import('../features/clients/components/client-page.tsx'), 'ClientPage'),
});

const clientAssets = createRoute({
  getParentRoute: () => client,
  path: '/',
  component: lazyRouteComponent(
    () => import('../features/clients/components/client-assets-page.tsx'),
    'ClientAssetsPage',
  ),
});

const campaign = createRoute({
  getParentRoute: () => client,
  path: '/campaigns/$campaignId',
  component: lazyRouteComponent(
    () => import('../features/campaigns/components/campaign-page.tsx'),
    'CampaignPage',
  ),
});

const asset = createRoute({
  getParentRoute: () => shell,
  path: '/assets/$assetId',
  validateSearch: assetPageSearchSchema,
  component: lazyRouteComponent(() => import('../features/assets/components/asset-page.tsx'), 'AssetPage'),
});

const search = createRoute({
  getParentRoute: () => shell,
  path: '/search',
  validateSearch: searchAddressSchema,
  component: lazyRouteComponent(() => import('../features/search/components/search-page.tsx'), 'SearchPage'),
});

const trash = createRoute({
  getParentRoute: () => shell,
  path: '/trash',
  validateSearch: trashSearchSchema,
  component: lazyRouteComponent(() => import('../features/trash/components/trash-page.tsx'), 'TrashPage'),
});

const people = createRoute({
  getParentRoute: () => shell,
  path: '/people',
  component: lazyRouteComponent(() => import('../features/people/components/people-page.tsx'), 'PeoplePage'),
});

const activity = createRoute({
  getParentRoute: () => shell,
  path: '/activity',
  component: lazyRouteComponent(
    () => import('../features/activity/components/activity-page.tsx'),
    'ActivityPage',
  ),
});

const account = createRoute({
  getParentRoute: () => shell,
  path: '/account',
  component: lazyRouteComponent(
    () => import('../features/account/components/account-page.tsx'),
    'AccountPage',
  ),
});

const jobs = createRoute({
  getParentRoute: () => shell,
  path: '/background',
  component: lazyRouteComponent(() => import('../features/jobs/components/jobs-page.tsx'), 'JobsPage'),
});

const quarantine = createRoute({
  getParentRoute: () => shell,
  path: '/quarantine',
  component: lazyRouteComponent(
    () => import('../features/quarantine/components/quarantine-page.tsx'),
    'QuarantinePage',
  ),
});

/** Every page there is, and what its address may say. */
export const routeTree = root.addChildren([
  signIn,
  join,
  shell.addChildren([
    clients,
    client.addChildren([clientAssets, campaign]),
    asset,
    search,
    trash,
    people,
    activity,
    account,
    jobs,
    quarantine,
  ]),
]);
