"""What a `FaultyServer` does as a proxy: one that works, and ones that do not."""

from __future__ import annotations

import select
import socket
import ssl

from .faulty_server import RUN_RESPONSE, Connection, ConnectionHandler, FaultyServer


def forward(port: int = 0) -> ConnectionHandler:
    """Connect tunnels for any host to a port of this machine, and answer other requests with a run."""

    def handle(connection: Connection, server: FaultyServer) -> bool:
        if server.read(connection).method != "CONNECT":
            connection.send(RUN_RESPONSE)
            return True
        with socket.create_connection(("127.0.0.1", port)) as upstream:
            connection.send(b"HTTP/1.1 200 Connection established\r\n\r\n")
            _copy_both_ways(connection.socket, upstream, server)
        return False

    return handle


def _copy_both_ways(one: socket.socket, other: socket.socket, server: FaultyServer) -> None:
    targets = {one: other, other: one}
    while not server.stopping.is_set():
        # TLS may have read more than it has returned.
        ready = [source for source in targets if isinstance(source, ssl.SSLSocket) and source.pending()]
        for source in ready or select.select(list(targets), [], [], 0.05)[0]:
            data = source.recv(65536)
            if not data:
                return
            targets[source].sendall(data)
