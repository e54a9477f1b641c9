import { startPage } from '../visit/start-page.tsx';
import { GuestPage } from './guest-page.tsx';

startPage((token) => <GuestPage token={token} />);
