/** Where the one socket of a tab connects; the server's upgrade guard lets no other path through. */
export const SOCKET_PATH = '/socket.io';
