// Routers take a path in any case, and in the form that proxies send.
const uploads = /^(https?:\/\/[^/]*)?\/api\/((v2\/upload-asset|tus|u\/[^/?]+)\/?([?]|$)|tus\/)/i;

/** Whether what is sent to an address may be as long as a film: it looks at who sends it, and how much, before it asks for the bytes. */
export const sendsBytes = (url: string): boolean => uploads.test(url);
