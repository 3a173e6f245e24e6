#!/usr/bin/env python3
"""A Minecraft server for load, with compression, beside the plain one of the load tools: peers_backend.py PORT DEFINITIONS THRESHOLD

It answers pings, lets everybody in, echoes plugin messages of the channel p:e, and answers one of the channel p:f ("size,count")
with that many messages of that size: noise of 16 symbols, deflated once and sent over and over, so that it costs the machine
little. Packet ids and the packets of a join come from the load tools' definitions (VERSION.def, .conf.bin, .play.bin).
"""

import json
import random
import selectors
import socket
import sys
import zlib
from pathlib import Path

LEVEL = 6
FLOOD_CHUNK = 256 << 10
SYMBOLS = 16


def var_int(value):
    out = bytearray()
    while True:
        low = value & 0x7F
        value >>= 7
        if value:
            out.append(low | 0x80)
        else:
            out.append(low)
            return bytes(out)


def read_var_int(data, at):
    """The number and the index behind it, or None when it is cut."""
    value = 0
    for i in range(5):
        if at + i >= len(data):
            return None
        value |= (data[at + i] & 0x7F) << (7 * i)
        if data[at + i] < 0x80:
            return value, at + i + 1
    raise ValueError("no VarInt")


def string(text):
    return var_int(len(text)) + text


def frame(packet, threshold):
    if threshold < 0:
        return var_int(len(packet)) + packet
    if len(packet) < threshold:
        return var_int(len(packet) + 1) + b"\0" + packet
    body = var_int(len(packet)) + zlib.compress(packet, LEVEL)
    return var_int(len(body)) + body


def reframed(frames, threshold):
    out = bytearray()
    at = 0
    while at < len(frames):
        length, at = read_var_int(frames, at)
        out += frame(frames[at : at + length], threshold)
        at += length
    return bytes(out)


class Definition:
    """One protocol version: its packet ids, and what is sent in a join."""

    def __init__(self, path, threshold):
        fields = path.read_text().split()
        self.ids = {key: int(value) for key, value in zip(fields[::2], fields[1::2])}
        self.configuration = reframed(path.with_suffix(".conf.bin").read_bytes(), threshold)
        self.play = reframed(path.with_suffix(".play.bin").read_bytes(), threshold)
        self.floods = {}

    def flood(self, size, threshold):
        """Frames behind each other and where each one ends."""
        if size not in self.floods:
            noise = random.Random(size)
            chunk = bytearray()
            ends = []
            while len(chunk) < FLOOD_CHUNK:
                payload = bytes(noise.choices(range(SYMBOLS), k=size))
                chunk += frame(var_int(self.ids["payload_c"]) + string(b"p:d") + payload, threshold)
                ends.append(len(chunk))
            self.floods[size] = (memoryview(bytes(chunk)), ends)
        return self.floods[size]


class Connection:
    def __init__(self, server, peer):
        self.server = server
        self.peer = peer
        self.received = bytearray()
        self.out = []
        self.flooding = None
        self.state = "handshake"
        self.threshold = -1
        self.writing = False

    def send(self, packet):
        self.out.append(memoryview(frame(packet, self.threshold)))

    def readable(self):
        while True:
            try:
                data = self.peer.recv(1 << 16)
            except BlockingIOError:
                break
            if not data:
                raise ConnectionError
            self.received += data
            if len(data) < 1 << 16:
                break
        at = 0
        while True:
            header = read_var_int(self.received, at)
            if header is None or header[1] + header[0] > len(self.received):
                break
            length, body = header
            at = body + length
            self.packet(self.unpacked(bytes(self.received[body:at])))
        del self.received[:at]

    def unpacked(self, body):
        if self.threshold < 0:
            return body
        declared, at = read_var_int(body, 0)
        return zlib.decompress(body[at:]) if declared else body[at:]

    def packet(self, packet):
        number, at = read_var_int(packet, 0)
        if self.state == "handshake":
            version, at = read_var_int(packet, at)
            host, at = read_var_int(packet, at)
            following, _ = read_var_int(packet, at + host + 2)
            self.version = self.server.definitions.get(version) or next(iter(self.server.definitions.values()))
            self.ids = self.version.ids
            self.state = "status" if following == 1 else "login"
        elif self.state == "status":
            self.status(number, packet)
        elif self.state == "login" and number == 0:
            name_length, at = read_var_int(packet, at)
            self.log_in(packet[at : at + name_length])
        elif self.state == "acknowledge" and number == self.ids["login_ack"]:
            self.out.append(memoryview(self.version.configuration))
            self.state = "configuration"
        elif self.state == "configuration" and number == self.ids["fin_s"]:
            self.play()
        elif self.state == "play" and number == self.ids["payload_s"]:
            self.message(packet, at)

    def status(self, number, packet):
        if number == 0:
            answer = {
                "version": {"name": "load", "protocol": self.ids["proto"]},
                "players": {"max": 20, "online": 0},
                "description": {"text": "A server for load"},
            }
            self.send(b"\0" + string(json.dumps(answer).encode()))
        else:
            self.send(packet)

    def log_in(self, name):
        if self.server.threshold >= 0:
            self.send(b"\3" + var_int(self.server.threshold))
            self.threshold = self.server.threshold
        form = self.ids["success_form"]
        uuid = b"00000000-0000-3000-8000-000000000000" if form == 0 else bytes(6) + b"\x30\0\x80" + bytes(7)
        properties = b"\0" if form >= 2 else b""
        strict = b"\1" if form == 3 else b""
        self.send(b"\2" + (string(uuid) if form == 0 else uuid) + string(name) + properties + strict)
        if self.ids["has_conf"]:
            self.state = "acknowledge"
        else:
            self.play()

    def play(self):
        self.out.append(memoryview(self.version.play))
        self.state = "play"

    def message(self, packet, at):
        length, at = read_var_int(packet, at)
        channel = packet[at : at + length]
        if channel == b"p:e":
            self.send(var_int(self.ids["payload_c"]) + packet[at - 1 :])
        elif channel == b"p:f":
            size, count = packet[at + length :].decode().split(",")
            self.flooding = (int(size), int(count))

    def flood_on(self):
        """Queues the next part of a flood."""
        size, left = self.flooding
        chunk, ends = self.version.flood(size, self.server.threshold)
        now = min(left, len(ends))
        self.out.append(chunk[: ends[now - 1]])
        if left > now:
            self.flooding = (size, left - now)
        else:
            self.flooding = None
            self.send(var_int(self.ids["payload_c"]) + string(b"p:x") + b"\1")

    def flush(self):
        while True:
            if not self.out and self.flooding:
                self.flood_on()
            if not self.out:
                break
            try:
                sent = self.peer.send(self.out[0])
            except BlockingIOError:
                break
            if sent == len(self.out[0]):
                self.out.pop(0)
            else:
                self.out[0] = self.out[0][sent:]
                break
        wanted = bool(self.out)
        if wanted != self.writing:
            self.writing = wanted
            events = selectors.EVENT_READ | (selectors.EVENT_WRITE if wanted else 0)
            self.server.selector.modify(self.peer, events, self)


class Server:
    def __init__(self, port, definitions, threshold):
        self.threshold = threshold
        self.definitions = {
            int(path.stem): Definition(path, threshold) for path in sorted(Path(definitions).glob("*.def"))
        }
        self.selector = selectors.DefaultSelector()
        self.listening = socket.create_server(("127.0.0.1", port), backlog=4096)
        self.listening.setblocking(False)
        self.selector.register(self.listening, selectors.EVENT_READ)

    def run(self):
        while True:
            for key, events in self.selector.select():
                if key.data is None:
                    self.accept()
                else:
                    self.serve(key.data, events)

    def accept(self):
        while True:
            try:
                peer, _ = self.listening.accept()
            except BlockingIOError:
                return
            peer.setblocking(False)
            peer.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.selector.register(peer, selectors.EVENT_READ, Connection(self, peer))

    def serve(self, connection, events):
        try:
            if events & selectors.EVENT_READ:
                connection.readable()
            connection.flush()
        except (OSError, ValueError, KeyError, IndexError, TypeError, zlib.error):
            self.selector.unregister(connection.peer)
            connection.peer.close()


if __name__ == "__main__":
    Server(int(sys.argv[1]), sys.argv[2], int(sys.argv[3])).run()
