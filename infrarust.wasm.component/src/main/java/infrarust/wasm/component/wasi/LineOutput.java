package infrarust.wasm.component.wasi;

import infrarust.wasm.component.bind.Result;
import infrarust.wasm.component.bind.Unit;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Cuts what a guest writes into lines for the embedder. A longer line than allowed is cut into several. */
final class LineOutput extends AbstractOutput {

    private final Consumer<String> sink;
    private final int maxLineBytes;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    LineOutput(Consumer<String> sink, int maxLineBytes) {
        this.sink = sink;
        this.maxLineBytes = maxLineBytes;
    }

    @Override
    Result<Unit, WasiIo.StreamError> take(byte[] contents) {
        for (byte b : contents) {
            if (b == '\n') {
                end();
            } else {
                line.write(b);
                if (line.size() >= maxLineBytes) {
                    end();
                }
            }
        }
        return Result.ok();
    }

    private void end() {
        String text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        sink.accept(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
    }

    /** Gives the embedder what has no line end yet. */
    void finish() {
        if (line.size() > 0) {
            end();
        }
    }
}
