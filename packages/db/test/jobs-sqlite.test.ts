import { jobs } from '../src/tables/sqlite-jobs.ts';
import { addTestUser, openTemporarySqlite } from '../src/testing.ts';
import { describeJobQueue } from './support/job-queue-suite.ts';

describeJobQueue('SQLite', async () => {
  const temporary = await openTemporarySqlite();
  const { database } = temporary;
  return {
    name: 'SQLite',
    database,
    createJobQueue: (settings) => database.createJobQueue(settings),
    async clearJobs() {
      await database.exclusive(async (writer) => {
        writer.delete(jobs).run();
      });
    },
    sql: async () => [],
    addUser: () => addTestUser(database),
    [Symbol.asyncDispose]: () => temporary[Symbol.asyncDispose](),
  };
});
