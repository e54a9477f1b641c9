import { startPage } from '../visit/start-page.tsx';
import { SharePage } from './share-page.tsx';

startPage((token) => <SharePage token={token} />);
