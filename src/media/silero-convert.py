#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Turns the published Silero network into the weights that ava-silero-net.c reads.

Usage: silero-convert.py silero_vad_v6.onnx OUT

The published file is a protocol buffer; its weights are Constant nodes in the two branches of one
If: one for 16 kHz, one for 8 kHz. Only the first is taken. Each tensor is laid out anew so that the
inner loops of the forward pass run over outputs: see README.md beside this file.
"""
import array
import hashlib
import math
import sys

SHA256 = "1a153a22f4509e292a94e67d6f9b85e8deb25b4988682b7e174c65279d8788e3"
MAGIC = b"AvaSilero\0\0\0\0v61"
WINDOW, BINS = 256, 129


def varint(data, at):
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            return value, at


def fields(data):
    """Yields (number, value) of one message; bytes for what has a length."""
    at = 0
    while at < len(data):
        key, at = varint(data, at)
        kind = key & 7
        if kind == 0:
            value, at = varint(data, at)
        else:
            size = 8 if kind == 1 else 4
            if kind == 2:
                size, at = varint(data, at)
            value, at = data[at:at + size], at + size
        yield key >> 3, value


def every(data, number):
    return [value for key, value in fields(data) if key == number]


def collect(graph, branch, found):
    """Gathers the Constant nodes of @graph and of all graphs inside it by (branch, tensor name)."""
    for node in every(graph, 1):
        constant = b"Constant" in every(node, 4)
        for attribute in every(node, 5):
            for tensor in every(attribute, 5) if constant else []:
                name = b"".join(every(tensor, 8)).decode()
                if name:
                    found[branch, name] = (tuple(every(tensor, 1)), b"".join(every(tensor, 9)))
            for inner in every(attribute, 6):
                collect(inner, branch or b"".join(every(attribute, 1)).decode(), found)


def take(found, name, *shape):
    stored, raw = found["then_branch", name]
    if stored != shape or len(raw) != 4 * math.prod(shape):
        sys.exit(f"silero-convert: {name} is {stored}, not {shape}: this is another network")
    values = array.array("f", raw)
    if sys.byteorder == "big":
        values.byteswap()
    return values


def check_spectrum(found):
    """The forward pass computes the spectrum by FFT: it must be what the network's own basis gives."""
    basis = take(found, "stft.forward_basis_buffer", 2 * BINS, 1, WINDOW)
    for row in range(2 * BINS):
        wave = math.cos if row < BINS else lambda angle: -math.sin(angle)
        for n in range(WINDOW):
            hann = 0.5 - 0.5 * math.cos(2 * math.pi * n / WINDOW)
            wanted = hann * wave(2 * math.pi * (row % BINS) * n / WINDOW)
            if abs(wanted - basis[row * WINDOW + n]) > 1e-6:
                sys.exit("silero-convert: the spectrum is no Hann-windowed Fourier transform")


def main(source, target):
    data = open(source, "rb").read()
    if hashlib.sha256(data).hexdigest() != SHA256:
        sys.exit(f"silero-convert: {source} is not the network that was agreed on (its checksum differs)")
    found = {}
    for graph in every(data, 7):
        collect(graph, "", found)
    check_spectrum(found)

    out = array.array("f")
    for layer, (outs, ins) in enumerate([(128, BINS), (64, 128), (64, 64), (128, 64)]):
        weights = take(found, f"encoder.{layer}.reparam_conv.weight", outs, ins, 3)
        out.extend(weights[(o * ins + i) * 3 + tap] for tap in range(3) for i in range(ins) for o in range(outs))
        out.extend(take(found, f"encoder.{layer}.reparam_conv.bias", outs))
    for name in ["ih", "hh"]:
        weights = take(found, f"decoder.rnn.weight_{name}", 512, 128)
        out.extend(weights[o * 128 + i] for i in range(128) for o in range(512))
    out.extend(a + b for a, b in zip(take(found, "decoder.rnn.bias_ih", 512), take(found, "decoder.rnn.bias_hh", 512)))
    out.extend(take(found, "decoder.decoder.2.weight", 1, 128, 1))
    out.extend(take(found, "decoder.decoder.2.bias", 1))
    if sys.byteorder == "big":
        out.byteswap()
    with open(target, "wb") as file:
        file.write(MAGIC + out.tobytes())


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
