#!/usr/bin/env python3
"""Makes the vectors that ReferenceVectorsTest compares the canonical ABI with.

    make-vectors.py REFERENCE OUT [SEED]

REFERENCE is the definitions.py of the Component Model's repository (design/mvp/canonical-abi), which computes every
result; OUT is the file to write. Types and values are random, from a fixed seed. What a line means:

    type SEXPR SIZE ALIGNMENT FLAT     the type that the following lines are about
    load ENCODING POINTER MEMORY = VALUE      what lifting from memory gives, or trap
    flat ENCODING FLAT MEMORY = VALUE         what lifting from core values gives, or trap
    store ENCODING = POINTER MEMORY           what lowering the last VALUE into memory leaves there
    lower ENCODING = FLAT MEMORY              what lowering the last VALUE into core values gives and leaves

MEMORY lists what is not zero as ADDRESS:HEX, or is "-". Memories that are read have 1,024 bytes, those that are written
65,536. The guest's allocator starts at 256 and only counts up. Handles 1 to 3 are owned, of representations 101 to 103.
"""
import importlib.util
import random
import struct
import sys

READ_SIZE, WRITE_SIZE, HEAP = 1024, 65536, 256
ENCODINGS = ["utf8", "utf16", "latin1+utf16"]


def load_reference(path):
    spec = importlib.util.spec_from_file_location("reference", path)
    module = importlib.util.module_from_spec(spec)
    sys.modules["reference"] = module
    spec.loader.exec_module(module)
    module.DETERMINISTIC_PROFILE = True
    return module


class Instance:
    """As much of a component instance as values need."""

    def __init__(self, ref, resource, held):
        self.handles = ref.Table()
        self.may_leave = True
        for rep in held:
            self.handles.add(ref.ResourceHandle(resource, rep, True))


class Generator:
    def __init__(self, ref, seed):
        self.ref = ref
        self.random = random.Random(seed)
        self.resource = ref.ResourceType(None)
        self.scalars = {
            "bool": ref.BoolType, "s8": ref.S8Type, "u8": ref.U8Type, "s16": ref.S16Type, "u16": ref.U16Type,
            "s32": ref.S32Type, "u32": ref.U32Type, "s64": ref.S64Type, "u64": ref.U64Type, "f32": ref.F32Type,
            "f64": ref.F64Type, "char": ref.CharType, "string": ref.StringType,
        }
        self.names = {cls: name for name, cls in self.scalars.items()}

    # Types

    def type(self, depth):
        r, ref = self.random, self.ref
        kind = r.choice(["scalar"] * 3 + ["own"] + ["list", "fixed", "record", "tuple", "variant", "enum", "option",
                                                     "result", "flags", "map"] * (2 if depth > 0 else 0))
        if kind == "scalar":
            return self.scalars[r.choice(list(self.scalars))]()
        if kind == "own":
            return ref.OwnType(self.resource)
        if kind == "list":
            return ref.ListType(self.type(depth - 1))
        if kind == "fixed":
            return ref.ListType(self.type(depth - 1), r.choice([1, 2, 3, 5, 17]))
        if kind == "record":
            return ref.RecordType([ref.FieldType(str(i), self.type(depth - 1)) for i in range(r.randint(1, 6))])
        if kind == "tuple":
            return ref.TupleType([self.type(depth - 1) for _ in range(r.randint(1, 5))])
        if kind == "variant":
            cases = r.choice([1, 2, 3, 5, 300])
            return ref.VariantType([
                ref.CaseType(str(i), self.type(depth - 1) if r.random() < (0.05 if cases > 9 else 0.7) else None)
                for i in range(cases)])
        if kind == "enum":
            return ref.EnumType([str(i) for i in range(r.choice([1, 2, 7, 40]))])
        if kind == "option":
            return ref.OptionType(self.type(depth - 1))
        if kind == "result":
            return ref.ResultType(*(self.type(depth - 1) if r.random() < 0.7 else None for _ in range(2)))
        if kind == "flags":
            return ref.FlagsType([str(i) for i in range(r.choice([1, 5, 8, 9, 16, 17, 31, 32]))])
        key = self.scalars[r.choice([n for n in self.scalars if n not in ("f32", "f64")])]()
        return ref.MapType(key, self.type(depth - 1))

    def text(self, t):
        ref = self.ref
        if t is None:
            return "_"
        if type(t) in self.names:
            return self.names[type(t)]
        match t:
            case ref.OwnType():
                return "own"
            case ref.ListType(e, None):
                return f"(list {self.text(e)})"
            case ref.ListType(e, n):
                return f"(fixed {n} {self.text(e)})"
            case ref.RecordType(fields):
                return f"(record {' '.join(self.text(f.t) for f in fields)})"
            case ref.TupleType(ts):
                return f"(tuple {' '.join(self.text(u) for u in ts)})"
            case ref.VariantType(cases):
                return f"(variant {' '.join(self.text(c.t) for c in cases)})"
            case ref.EnumType(labels):
                return f"(enum {len(labels)})"
            case ref.OptionType(u):
                return f"(option {self.text(u)})"
            case ref.ResultType(ok, err):
                return f"(result {self.text(ok)} {self.text(err)})"
            case ref.FlagsType(labels):
                return f"(flags {len(labels)})"
            case ref.MapType(k, v):
                return f"(map {self.text(k)} {self.text(v)})"

    # Values

    def string(self, encoding):
        r = self.random
        alphabet = r.choice(["abc", "aé\x7f\x80ÿ", "a☃é", "\U0001f600\uffff\u0100\0", "\ufffd\ufeff"])
        return self.tagged("".join(r.choice(alphabet) for _ in range(r.choice([0, 0, 1, 3, 9]))), encoding)

    def tagged(self, text, encoding):
        """A string as the reference passes it, in the form that a host would choose for this encoding."""
        if encoding == "utf8":
            return text, encoding, len(text.encode("utf-8"))
        units = len(text.encode("utf-16-le")) // 2
        if encoding == "utf16":
            return text, encoding, units
        return text, encoding, len(text) if all(ord(c) < 256 for c in text) else units | 1 << 31

    def value(self, t, encoding):
        r, ref = self.random, self.ref
        match t:
            case ref.BoolType():
                return r.random() < 0.5
            case ref.F32Type() | ref.F64Type():
                return r.choice([0.0, -0.0, 1.5, float("inf"), float("-inf"), float("nan"), -2.0 ** -30])
            case ref.CharType():
                return r.choice("a\0é☃\ud7ff\ue000\U0010ffff")
            case ref.StringType():
                return self.string(encoding)
            case ref.OwnType():
                return r.randint(1, 99)
            case ref.ListType(e, None):
                return [self.value(e, encoding) for _ in range(r.choice([0, 1, 2, 4]))]
            case ref.ListType(e, n):
                return [self.value(e, encoding) for _ in range(n)]
            case ref.FlagsType(labels):
                return {l: r.random() < 0.5 for l in labels}
            case ref.MapType(k, v):
                return [{"0": self.value(k, encoding), "1": self.value(v, encoding)} for _ in range(r.choice([0, 1, 3]))]
        d = ref.despecialize(t)
        match d:
            case ref.RecordType(fields):
                return {f.label: self.value(f.t, encoding) for f in fields}
            case ref.VariantType(cases):
                c = r.choice(cases)
                return {c.label: None if c.t is None else self.value(c.t, encoding)}
        low, high = self.bounds(t)
        return r.choice([low, high, 0, 1, r.randint(low, high)])

    def bounds(self, t):
        name = self.names[type(t)]
        bits = int(name[1:])
        return (0, (1 << bits) - 1) if name[0] == "u" else (-(1 << bits - 1), (1 << bits - 1) - 1)

    def show(self, t, v):
        """The text of a value; floats are their bits, characters numbers, so that no two languages disagree."""
        ref = self.ref
        match t:
            case ref.BoolType():
                return "true" if v else "false"
            case ref.F32Type():
                return "%08x" % ref.core_i32_reinterpret_f32(v)
            case ref.F64Type():
                return "%016x" % ref.core_i64_reinterpret_f64(v)
            case ref.CharType():
                return "U+%X" % ord(v)
            case ref.StringType():
                return '"' + v[0].encode("utf-8").hex() + '"'
            case ref.ListType(e, _):
                return "[" + ",".join(self.show(e, x) for x in v) + "]"
            case ref.FlagsType(labels):
                return "{" + ",".join(l for l in labels if v[l]) + "}"
            case ref.MapType(k, u):
                shown = {}
                for entry in v:
                    shown[self.show(k, entry["0"])] = self.show(u, entry["1"])
                return "{" + ",".join(f"{a}:{b}" for a, b in shown.items()) + "}"
        match ref.despecialize(t):
            case ref.RecordType(fields):
                return "(" + ",".join(self.show(f.t, v[f.label]) for f in fields) + ")"
            case ref.VariantType(cases):
                [(label, payload)] = v.items()
                [(index, case)] = [(i, c) for i, c in enumerate(cases) if c.label == label]
                return f"#{index}" + ("" if case.t is None else f"({self.show(case.t, payload)})")
        return str(v)

    def normal(self, t, v, encoding):
        """A lifted value as a host gives it back: strings in the form for another encoding, no key twice."""
        ref = self.ref
        match t:
            case ref.StringType():
                return self.tagged(v[0], encoding)
            case ref.ListType(e, _):
                return [self.normal(e, x, encoding) for x in v]
            case ref.MapType(k, u):
                last = {}
                for entry in v:
                    last[self.show(k, entry["0"])] = {"0": self.normal(k, entry["0"], encoding),
                                                      "1": self.normal(u, entry["1"], encoding)}
                return list(last.values())
            case ref.FlagsType():
                return v
        match ref.despecialize(t):
            case ref.RecordType(fields):
                return {f.label: self.normal(f.t, v[f.label], encoding) for f in fields}
            case ref.VariantType(cases):
                [(label, payload)] = v.items()
                [case] = [c for c in cases if c.label == label]
                return {label: None if case.t is None else self.normal(case.t, payload, encoding)}
        return v

    # Memory and core values

    def context(self, size, encoding, held=(101, 102, 103)):
        ref = self.ref
        memory = ref.MemInst(bytearray(size), "i32")
        cx = ref.LiftLowerContext(ref.LiftLowerOptions(encoding, memory), Instance(ref, self.resource, held))
        cx.next = HEAP

        def reallocate(old, old_size, alignment, new_size):
            cx.next = ref.align_to(cx.next, alignment)
            at = cx.next
            cx.next += new_size
            return at
        cx.reallocate = reallocate
        return cx

    @staticmethod
    def segments(memory):
        runs, at = [], 0
        while at < len(memory):
            if memory[at] == 0:
                at += 1
                continue
            end = at
            while end < len(memory) and any(memory[end:end + 4]):
                end += 1
            runs.append(f"{at}:{bytes(memory[at:end]).hex()}")
            at = end
        return " ".join(runs) or "-"

    @staticmethod
    def bits(kind, x):
        if kind == "f32":
            return struct.unpack("<I", struct.pack("<f", x))[0]
        if kind == "f64":
            return struct.unpack("<Q", struct.pack("<d", x))[0]
        return x

    def number(self, kind, bits):
        if kind == "f32":
            return struct.unpack("<f", struct.pack("<I", bits))[0]
        if kind == "f64":
            return struct.unpack("<d", struct.pack("<Q", bits))[0]
        return bits

    def attempt(self, run):
        try:
            return run()
        except self.ref.Trap:
            return None

    def hostile(self, memory, start, size):
        """Changes what a guest could get wrong: lengths, addresses, discriminants, characters, handles."""
        r = self.random
        for _ in range(r.choice([1, 1, 2, 4])):
            area = r.choice([(start, size), (start, size), (HEAP, 40)])
            at = area[0] + r.randrange(max(1, area[1]))
            if at >= len(memory):
                continue
            kind = r.randrange(4)
            if kind == 0:
                memory[at] = r.randrange(256)
            elif kind == 1:
                memory[at] ^= 1 << r.randrange(8)
            else:
                word = r.choice([0xffffffff, 0x80000000, 0x7fffffff, 0xd800, 0x110000, READ_SIZE, READ_SIZE - 1, 2, 4])
                at &= ~3
                memory[at:at + 4] = struct.pack("<I", word)
        del memory[READ_SIZE:]

    # Lines

    def lines(self, t):
        ref, r = self.ref, self.random
        opts = ref.LiftLowerOptions("utf8", ref.MemInst(bytearray(0), "i32"))
        flat = ref.flatten_type(t, opts)
        size, alignment = ref.elem_size(t, "i32"), ref.alignment(t, "i32")
        yield f"type {self.text(t)} {size} {alignment} {' '.join(flat[:16]) if len(flat) <= 16 else 'many'}"
        if size > HEAP - 64:
            return
        for turn in range(4):
            encoding = r.choice(ENCODINGS)
            cx = self.context(READ_SIZE, encoding)
            pointer = 16 + alignment * r.randrange(3) if alignment < 16 else 16
            if self.attempt(lambda: ref.store(cx, self.value(t, encoding), t, pointer)) is None and cx.next > READ_SIZE:
                continue
            if turn > 0:
                self.hostile(cx.opts.memory.bytes, pointer, size)
            yield from self.lifted(t, encoding, f"load {encoding} {pointer} {self.segments(cx.opts.memory.bytes)}",
                                   cx.opts.memory.bytes, lambda lift: ref.load(lift, pointer, t), flat)
        if len(flat) > 16:
            return
        for turn in range(3):
            encoding = r.choice(ENCODINGS)
            cx = self.context(READ_SIZE, encoding, ())
            value = self.value(t, encoding)
            values = self.attempt(lambda: ref.lower_flat(cx, value, t))
            if values is None or cx.next > READ_SIZE:
                continue
            slots = [self.bits(k, x) for k, x in zip(flat, values)]
            for i, kind in enumerate(flat):
                if turn > 0 and r.random() < 0.3:
                    width = int(kind[1:])
                    slots[i] = r.choice([r.getrandbits(width), 0xffffffff, 0x80000000, 0xd800, 4, 1, 2, 1 << width - 1])
                    if kind == "f32" and (slots[i] & 0x7f800000) == 0x7f800000:
                        slots[i] |= 1 << 22  # a quiet NaN: Python's floats cannot hold the others
            if turn > 0:
                self.hostile(cx.opts.memory.bytes, HEAP, 40)
            numbers = [self.number(k, b) for k, b in zip(flat, slots)]
            shown = ",".join("%x" % b for b in slots)
            yield from self.lifted(t, encoding, f"flat {encoding} {shown} {self.segments(cx.opts.memory.bytes)}",
                                   cx.opts.memory.bytes, lambda lift: ref.lift_flat(lift, ref.CoreValueIter(numbers), t),
                                   flat)

    def lifted(self, t, encoding, head, memory, lift, flat):
        ref, r = self.ref, self.random
        cx = self.context(READ_SIZE, encoding)
        cx.opts.memory.bytes[:] = memory
        result = self.attempt(lambda: (lift(cx),))
        if result is None:
            yield f"{head} = trap"
            return
        yield f"{head} = {self.show(t, result[0])}"
        back = r.choice(ENCODINGS)
        value = self.normal(t, result[0], back)
        size, alignment = ref.elem_size(t, "i32"), ref.alignment(t, "i32")
        cx = self.context(WRITE_SIZE, back)
        if r.random() < 0.5 or len(flat) > 16:
            ref.store(cx, value, t, 16)
            yield f"store {back} = 16 {self.segments(cx.opts.memory.bytes)}"
        else:
            slots = [self.bits(k, x) for k, x in zip(flat, ref.lower_flat(cx, value, t))]
            yield f"lower {back} = {','.join('%x' % b for b in slots)} {self.segments(cx.opts.memory.bytes)}"


def main():
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    ref = load_reference(sys.argv[1])
    generator = Generator(ref, int(sys.argv[3]) if len(sys.argv) == 4 else 1)
    types = [cls() for cls in generator.scalars.values()]
    types += [ref.OwnType(generator.resource), ref.ListType(ref.OwnType(generator.resource))]
    types += [ref.ListType(cls()) for cls in generator.scalars.values()]
    types += [generator.type(3) for _ in range(220)]
    with open(sys.argv[2], "w", encoding="ascii") as out:
        for t in types:
            for line in generator.lines(t):
                print(line, file=out)


if __name__ == "__main__":
    main()
