import type { DefaultEventsMap, Server, Socket } from 'socket.io';
import type { ClientEvents, ServerEvents } from '../../contracts/socket.ts';

export type DeskServer = Server<ClientEvents, ServerEvents, DefaultEventsMap, unknown>;
export type DeskSocket = Socket<ClientEvents, ServerEvents, DefaultEventsMap, unknown>;
/** The Engine.IO connection under a socket. */
export type DeskConnection = DeskSocket['conn'];
