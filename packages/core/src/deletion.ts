/** What came of deleting something that must be empty and as it was read. Only `deleted` has changed anything. */
export type Deletion = 'deleted' | 'not_empty' | 'edited';
