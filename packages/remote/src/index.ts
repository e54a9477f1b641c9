export { isNetwork } from './address-policy.ts';
export { createRemoteFiles, type RemoteFilesOptions } from './create-remote-files.ts';
