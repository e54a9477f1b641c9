/** Where programs are looked for unless said otherwise; a server's own PATH may lead to folders of users. */
export const systemPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
