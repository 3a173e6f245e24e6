package infrarust.wasm.conformance;

import infrarust.wasm.component.value.HostFunction;
import infrarust.wasm.component.value.HostInterface;
import infrarust.wasm.component.value.HostResource;
import infrarust.wasm.component.value.Value;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** What components of the tests may import from their host: Wasmtime's names, which its tests expect. */
final class TestHost {

    /** A core module that exports a global {@code g}, 100, and a function {@code f} that answers 101. */
    private static final byte[] SIMPLE_MODULE = HexFormat.of()
            .parseHex("0061736d01000000" + "0105016000017f" + "03020100" + "0607017f0041e4000b" + "070902016703000166"
                    + "0000" + "0a0701050041e5000b");

    private int drops;
    private int lastDrop;

    /** What is imported without an instance. */
    HostInterface root() {
        return new HostInterface()
                .function("host-return-two", answer(new Value.U32(2)))
                .function("host-echo-u32", arguments -> Optional.of(arguments.getFirst()));
    }

    /** The instance {@code host}. */
    HostInterface host() {
        HostResource first = new HostResource(representation -> {
            drops++;
            lastDrop = (Integer) representation;
        });
        return new HostInterface()
                .function("return-three", answer(new Value.U32(3)))
                .function("return-hi", answer(new Value.Text("hi")))
                .function("return-two-slowly", answer(new Value.S32(2)))
                .function("echo-slowly", arguments -> Optional.of(arguments.getFirst()))
                .instance("nested", new HostInterface().function("return-four", answer(new Value.U32(4))))
                .module("simple-module", SIMPLE_MODULE)
                .resource("resource1", first)
                .resource("resource1-again", first)
                .resource("resource2", new HostResource(_ -> {}))
                .function("[constructor]resource1", arguments -> Optional.of(new Value.Resource(number(arguments, 0))))
                .function("[static]resource1.assert", TestHost::assertRepresentation)
                .function("[method]resource1.simple", TestHost::assertRepresentation)
                .function("[static]resource1.last-drop", _ -> Optional.of(new Value.U32(lastDrop)))
                .function("[static]resource1.drops", _ -> Optional.of(new Value.U32(drops)))
                .function("[method]resource1.take-borrow", _ -> Optional.empty())
                .function("[method]resource1.take-own", _ -> Optional.empty());
    }

    private static HostFunction answer(Value value) {
        return _ -> Optional.of(value);
    }

    private static int number(List<Value> arguments, int index) {
        return ((Value.U32) arguments.get(index)).value();
    }

    private static Optional<Value> assertRepresentation(List<Value> arguments) {
        Object representation = ((Value.Resource) arguments.getFirst()).representation();
        if (!representation.equals(number(arguments, 1))) {
            throw new AssertionError("the resource is " + representation + " instead of " + number(arguments, 1));
        }
        return Optional.empty();
    }
}
