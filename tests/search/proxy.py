"""Stands between the portal and a real server, and makes it refuse, hang or answer by halves."""

import socket
import threading
import time
from contextlib import suppress
from urllib.parse import urlsplit

METHODS = (b"DELETE ", b"GET ", b"HEAD ", b"POST ", b"PUT ")


class Proxy:
    """`mode` is what happens to answers from now on, on open connections too: pass, hang, cut or drip; see `refuse`."""

    def __init__(self, url):
        self.target = self._address(url)
        self.mode = "pass"
        self.requests = 0
        self.open = set()
        self.listener = None
        self.port = 0
        self.accept()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def lead_to(self, url):
        self.target = self._address(url)

    def accept(self):
        """Take connections, on the same port as before."""
        self.listener = socket.socket()
        self.listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.listener.bind(("127.0.0.1", self.port))
        self.listener.listen(64)
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self._serve, args=(self.listener,), daemon=True).start()

    def refuse(self):
        """Nobody listens any more."""
        with suppress(OSError):
            self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        for connection in list(self.open):
            self._close(connection)

    @staticmethod
    def _address(url):
        return urlsplit(url).hostname, urlsplit(url).port

    def _serve(self, listener):
        with suppress(OSError):
            while True:
                client, _address = listener.accept()
                threading.Thread(target=self._handle, args=(client,), daemon=True).start()

    def _handle(self, client):
        try:
            server = socket.create_connection(self.target, 5)
        except OSError:
            client.close()
            return
        self.open |= {client, server}
        threading.Thread(target=self._take_questions, args=(client, server), daemon=True).start()
        with suppress(OSError):
            while data := server.recv(65536):
                if not self._answer(client, data):
                    break
        self._close(client)
        self._close(server)

    def _take_questions(self, client, server):
        with suppress(OSError):
            while data := client.recv(65536):
                self.requests += data.startswith(METHODS)  # what else comes is the rest of one
                server.sendall(data)
        self._close(server)

    def _answer(self, client, data):
        while self.mode == "hang":
            time.sleep(0.02)
        if self.mode == "cut":
            client.sendall(data[: max(1, len(data) - 20)])
            return False
        if self.mode == "drip":
            for place in range(len(data)):
                client.sendall(data[place : place + 1])
                time.sleep(0.1)
            return True
        client.sendall(data)
        return True

    def _close(self, connection):
        self.open.discard(connection)
        with suppress(OSError):
            connection.shutdown(socket.SHUT_RDWR)
        connection.close()
