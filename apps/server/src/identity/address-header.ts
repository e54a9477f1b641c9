/** Tells the identity library the sender's address. The server sets it on every request, whatever came under its name. */
export const addressHeader = 'x-vitrine-address';
